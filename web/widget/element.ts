import type { Spoken } from '../lib/i18n/languages.ts';
import { type Recommendations, recommend, type Wanted } from './ask.ts';
import { make } from './dom.ts';
import { tellEmpty, tellError, type WidgetName } from './events.ts';
import { languageAt } from './language.ts';
import { whenNear } from './near.ts';
import type { Refusal } from './refusal.ts';
import { beginVisit } from './report.ts';
import { COMMON, sheet } from './styles.ts';

const MOST = 24;

/** A list of the same item is asked for together with one that is near, if it begins within so many heights of the view. */
const TOGETHER = 3;

/**
 * What the two lists have in common. Nothing is asked before the element is near the view, and nothing is seen before there is
 * something. An element that begins below the view keeps the room that its answer will take from the start, so that nothing
 * that is seen ever moves. What stands in the slot `fallback` is shown if there is no answer, or none with items.
 */
export abstract class ListElement extends HTMLElement {
  static readonly observedAttributes = ['item', 'count', 'heading'];
  protected abstract readonly widget: WidgetName;
  protected abstract readonly usual: number;
  readonly #root = this.attachShadow({ mode: 'open' });
  #stop: (() => void) | undefined;
  /** Those that nothing was asked for yet. */
  static readonly #waiting = new Set<ListElement>();
  /** Of what was asked last: the answer to anything else comes too late. */
  #turn = 0;

  constructor(css = '') {
    super();
    this.#root.adoptedStyleSheets = [sheet(COMMON + css)];
  }

  connectedCallback(): void {
    this.#begin();
  }

  disconnectedCallback(): void {
    this.#end();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#begin();
  }

  protected abstract wanted(count: number): Wanted;
  /** The heading that is not given, and a list; null without anything to show. */
  protected abstract show(answer: Recommendations, item: string, spoken: Spoken, count: number): Node | null;
  protected abstract headingOf(spoken: Spoken): string;
  /** A list of the same height, with nothing in it. */
  protected abstract empty(): Node;

  #begin(): void {
    this.#end();
    this.#root.replaceChildren();
    const item = this.getAttribute('item');
    if (!item) return;
    if (this.#isBelow()) this.#root.append(this.#section(languageAt(this), this.empty(), 'room'));
    ListElement.#waiting.add(this);
    this.#stop = whenNear(this, () => {
      for (const one of ListElement.#waiting) {
        const { top } = one.getBoundingClientRect();
        if (one.getAttribute('item') === item && top < TOGETHER * innerHeight) void one.#ask(item);
      }
    });
  }

  #end(): void {
    this.#stop?.();
    ListElement.#waiting.delete(this);
    this.#turn += 1;
  }

  async #ask(item: string): Promise<void> {
    this.#end();
    const turn = this.#turn;
    const count = Math.min(MOST, Math.max(1, Math.floor(Number(this.getAttribute('count'))) || this.usual));
    const spoken = languageAt(this);
    try {
      const answer = await recommend(item, this.wanted(count));
      if (turn !== this.#turn) return;
      const list = beginVisit(answer.viewer.holdOut) ? this.show(answer, item, spoken, count) : undefined;
      if (list) this.#root.replaceChildren(this.#section(spoken, list));
      else this.#fallBack();
      if (list === null) tellEmpty(this, this.widget, item);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#fallBack();
      tellError(this, this.widget, item, error as Refusal);
    }
  }

  #section(spoken: Spoken, list: Node, name?: string): HTMLElement {
    const heading = this.getAttribute('heading') ?? this.headingOf(spoken);
    // The words may be in another language than the page around them.
    const section = make('section', { class: name, lang: spoken.language, 'aria-hidden': name && 'true' });
    if (heading) section.append(make('h2', { part: 'heading' }, heading));
    section.append(list);
    return section;
  }

  /** The shop's own in the place of the list. Room is given up only below the view: else what is seen would move. */
  #fallBack(): void {
    const room = this.#isBelow() ? 0 : this.#root.firstElementChild?.clientHeight;
    const slot = make('slot', { name: 'fallback' });
    const box = make('div', {}, slot);
    if (room) box.style.minHeight = `${room}px`;
    this.#root.replaceChildren(box);
  }

  #isBelow(): boolean {
    return this.getBoundingClientRect().top >= innerHeight;
  }
}
