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

/**
 * What the two lists have in common. Nothing is asked before the element is near the view, and nothing is seen before there is
 * something. If the element is still out of view when it is near, the room that the answer takes is kept from then on, so
 * that nothing that is seen moves. What stands in the slot `fallback` is shown if there is no answer, or none with items.
 */
export abstract class ListElement extends HTMLElement {
  static readonly observedAttributes = ['item', 'count', 'heading'];
  protected abstract readonly widget: WidgetName;
  protected abstract readonly usual: number;
  readonly #root = this.attachShadow({ mode: 'open' });
  #stop: (() => void) | undefined;
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
    this.#stop?.();
    this.#turn += 1;
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
    this.#stop?.();
    this.#turn += 1;
    this.#root.replaceChildren();
    const item = this.getAttribute('item');
    if (item) this.#stop = whenNear(this, () => void this.#ask(item, this.#turn));
  }

  async #ask(item: string, turn: number): Promise<void> {
    const count = Math.min(MOST, Math.max(1, Math.floor(Number(this.getAttribute('count'))) || this.usual));
    const spoken = languageAt(this);
    if (!this.#isInView()) this.#root.append(this.#section(spoken, this.empty(), 'room'));
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

  /** The shop's own in the place of the list. Room in view is kept: giving it up would move what is seen. */
  #fallBack(): void {
    const room = this.#isInView() ? this.#root.firstElementChild?.clientHeight : 0;
    const slot = make('slot', { name: 'fallback' });
    const box = make('div', {}, slot);
    if (room) box.style.minHeight = `${room}px`;
    this.#root.replaceChildren(box);
  }

  #isInView(): boolean {
    const { top, bottom } = this.getBoundingClientRect();
    return top < innerHeight && bottom >= 0;
  }
}
