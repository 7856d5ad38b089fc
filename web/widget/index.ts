/** The widget as a module: `register({ api, key })` once, then use its elements anywhere in the page. */
import { OutfitsElement } from './outfits.ts';
import { PhotoSearchElement } from './photo-search.ts';
import { listen } from './report.ts';
import { type Settings, setSettings } from './settings.ts';
import { SimilarElement } from './similar.ts';

export type { WidgetEvents } from './events.ts';
export type { Settings } from './settings.ts';

/** Defines the elements. Called again, it changes what they ask with. */
export function register(settings: Settings): void {
  setSettings(settings);
  if (customElements.get('armoire-similar')) return;
  listen();
  customElements.define('armoire-similar', SimilarElement);
  customElements.define('armoire-outfits', OutfitsElement);
  customElements.define('armoire-photo-search', PhotoSearchElement);
}
