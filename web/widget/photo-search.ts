import { make } from './dom.ts';
import { tellError } from './events.ts';
import { kit } from './kit.ts';
import { languageAt } from './language.ts';
import { Refusal } from './refusal.ts';
import { COMMON, PHOTO, sheet } from './styles.ts';
import { say } from './words.ts';

const ACCEPTED = 'image/*,.heic,.heif';

/**
 * `<armoire-photo-search>`: a button that takes a photo, also by a drop on it, and with a camera where there is one. What the
 * page puts into the element is the button; without that, there is one of our own. All else is loaded when a photo is chosen.
 */
export class PhotoSearchElement extends HTMLElement {
  readonly #root = this.attachShadow({ mode: 'open' });

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet(COMMON + PHOTO)];
  }

  connectedCallback(): void {
    const { language } = languageAt(this);
    const choose = this.#input();
    const take = this.#input('environment');
    const camera = make(
      'button',
      { type: 'button', part: 'button camera' },
      say(language, 'action.takePhoto'),
    );
    camera.addEventListener('click', () => take.click());
    const slot = make(
      'slot',
      {},
      make('button', { type: 'button', part: 'button' }, say(language, 'action.searchByPhoto')),
    );
    slot.addEventListener('click', () => choose.click());
    const box = make('div', { class: 'box', part: 'box', lang: language }, slot, camera, choose, take);
    box.addEventListener('dragover', (event) => event.preventDefault());
    box.addEventListener('drop', (event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) void this.#search(file);
    });
    this.#root.replaceChildren(box);
  }

  /** Opened in the moment of the click: browsers allow it only then. */
  #input(capture?: string): HTMLInputElement {
    const input = make('input', { type: 'file', accept: ACCEPTED, capture, hidden: '' });
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      input.value = '';
      if (file) void this.#search(file);
    });
    return input;
  }

  async #search(file: File): Promise<void> {
    const loaded = await import('./photo-view.ts').catch((error: unknown) => {
      tellError(this, 'photo-search', null, new Refusal('UNREACHABLE', String(error)));
    });
    await loaded?.searchWith(kit, file, {
      host: this,
      root: this.#root,
      again: () => this.#root.querySelector('input')!.click(),
    });
  }
}
