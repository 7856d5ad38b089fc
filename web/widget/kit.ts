import { make } from './dom.ts';
import { tellEmpty, tellError } from './events.ts';
import { languageAt } from './language.ts';
import { dataOf } from './refusal.ts';
import { beginVisit, isVisiting } from './report.ts';
import { authorization, pathOf, send, settings } from './settings.ts';
import { sheet } from './styles.ts';
import { itemList } from './tile.ts';

/**
 * What the photo search uses of the rest. It is handed over and not imported, or the bundler would put what both share into
 * a third file, which every page would have to wait for.
 */
export const kit = {
  make,
  tellEmpty,
  tellError,
  languageAt,
  dataOf,
  beginVisit,
  isVisiting,
  authorization,
  pathOf,
  send,
  settings,
  sheet,
  itemList,
};
export type Kit = typeof kit;
