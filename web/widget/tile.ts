import { formatMoney } from '../lib/format.ts';
import type { Spoken } from '../lib/i18n/languages.ts';
import type { Item } from './ask.ts';
import { make } from './dom.ts';
import { tell, tellClicks, type WidgetName } from './events.ts';
import { whenSeen } from './near.ts';
import { report } from './report.ts';
import { settings } from './settings.ts';
import { say } from './words.ts';

interface Place {
  readonly spoken: Spoken;
  readonly widget: WidgetName;
  /** The item that the widget was made for; null for a photo. */
  readonly of: string | null;
}

/** A list of items, each with its picture, title and price. */
export function itemList(items: readonly Item[], label: string, place: Place): HTMLUListElement {
  const list = make('ul', { part: 'list', 'aria-label': label, class: 'new' });
  list.append(...items.map((item) => tile(item, place)));
  return list;
}

function tile(item: Item, place: Place): HTMLLIElement {
  const { spoken, widget, of } = place;
  const { itemId, title, brand } = item;
  const inner = [
    picture(item, ''),
    make(
      'span',
      { class: 'title', part: 'title' },
      ...(brand ? [make('b', { part: 'brand' }, brand), ' '] : []),
      title,
    ),
    price(item, spoken),
  ];
  const link = linkTo(item, { widget, of }, ...inner);
  const element = make('li', { part: 'item' }, link);
  whenSeen(element, () => {
    report('SHOWN', itemId);
    tell(element, 'armoire:view', { widget, of, item: itemId });
  });
  return element;
}

/** A link to the item's page in the shop. Where the feed has none, a button: the page is told which item, and knows where. */
export function linkTo(
  { itemId, link }: Item,
  about: { widget: WidgetName; of: string | null; outfit?: string },
  ...children: (Node | string)[]
): HTMLElement {
  const href = link && /^https?:/i.test(link) ? link : null;
  const element = href
    ? make('a', { href, part: 'link' }, ...children)
    : make('button', { type: 'button', class: 'link', part: 'link' }, ...children);
  tellClicks(element, { ...about, item: itemId, link: href });
  return element;
}

export function picture({ imageUrl }: Item, alt: string): HTMLElement {
  // Without one, the place stays.
  const src = imageUrl && new URL(imageUrl, settings().api).href;
  return make('img', { part: 'picture', src, alt, loading: 'lazy', decoding: 'async', draggable: 'false' });
}

function price({ price: regular, salePrice }: Item, { language, locale }: Spoken): HTMLElement {
  const line = make('div', { class: 'price', part: 'price' });
  if (!regular) return line;
  if (!salePrice) {
    line.append(formatMoney(regular, locale));
    return line;
  }
  line.append(
    said(say(language, 'items.sale')),
    make('span', { class: 'sale', part: 'sale' }, formatMoney(salePrice, locale)),
    said(` ${say(language, 'items.former')} `),
    make('s', { part: 'former' }, formatMoney(regular, locale)),
  );
  return line;
}

/** Heard, not seen. */
function said(text: string): HTMLElement {
  return make('span', { class: 'said' }, text);
}
