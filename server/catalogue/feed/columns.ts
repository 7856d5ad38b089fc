import { wellFormed } from '../../vocabulary/text.ts';

/** The columns that every feed must have. */
export const REQUIRED_COLUMNS = ['id', 'title', 'image_link'] as const;

/**
 * Other names of Google's columns: those of its content API, and those that plain exports use. Each is taken only if
 * the feed has no column with Google's own name; the first that it has wins.
 */
const ALIASES = Object.entries({
  id: ['offer_id', 'item_id', 'product_id', 'sku', 'variant_id', 'article_number', 'artikelnummer'],
  title: ['name', 'product_name', 'productname', 'product_title', 'item_name'],
  image_link: [
    'image_url',
    'image',
    'main_image',
    'image_src',
    'images',
    'picture',
    'pictures',
    'picture_url',
    'photo',
    'photos',
    'img',
    'img_url',
    'imgurl',
  ],
  additional_image_link: ['additional_images', 'additional_image', 'more_images', 'imgurl_alternative'],
  product_type: ['product_types'],
  color: ['colors'],
  size: ['sizes'],
});

/** Taken only if `id`, `title` or `image_link` goes by another name too; else they are the shop's own columns. */
const PLAIN_ALIASES = Object.entries({
  link: ['url', 'product_url', 'product_link'],
  product_type: ['category', 'categories', 'category_path'],
  google_product_category: ['google_category'],
  color: ['colour', 'colours'],
  brand: ['vendor', 'manufacturer'],
});

const KNOWN_NAMES = new Map<string, string>();
const MOST_NAMES = 5000;
/** What follows in a column's name tells nothing. */
const LONGEST_NAME = 200;

/**
 * A column's name as Google writes it: 'g:Image Link', '"image_link"', 'imageLink' and 'Image link [image_link]' are
 * the same column.
 */
export function columnName(given: string): string {
  const name = given.slice(0, LONGEST_NAME);
  const known = KNOWN_NAMES.get(name);
  if (known !== undefined) return known;
  const normal = normalise(name);
  if (KNOWN_NAMES.size < MOST_NAMES) KNOWN_NAMES.set(name, normal);
  return normal;
}

function normalise(name: string): string {
  const plain = wellFormed(name).replace(/^[\s"'\ufeff]+|[\s"']+$/g, '');
  const inBrackets = /\[\s*([a-z][\w ]*)\s*\]$/i.exec(plain)?.[1];
  const words = (inBrackets ?? plain)
    .replace(/^(?:g|c|ns\d+):/i, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
    .replace(/_{2,}/g, '_');
  const numbered = /^custom_label_?(\d)$/.exec(words);
  if (numbered) return `custom_label_${numbered[1]}`;
  // additional_image_link_2, additional_image_links[0], additional_image_link (3)
  if (/^additional_image_(?:link|url)s?[_ ]*[[(]?\d*[\])]?$/.test(words)) return 'additional_image_link';
  // Meta's image[0].url
  const indexed = /^images?\[(\d+)\](?:\.url)?$/.exec(words);
  if (indexed) return indexed[1] === '0' ? 'image_link' : 'additional_image_link';
  return words;
}

/** Columns of the studio's list of items, which has the number of an item's pictures and not where they are. */
const STUDIO_LIST = ['id', 'title', 'state', 'pictures', 'first_imported', 'last_changed'];

/** Whether a table is the studio's list of items: with it as a feed, items would lose their descriptions and pictures. */
export function isStudioList(has: (name: string) => boolean): boolean {
  return STUDIO_LIST.every(has) && !has('image_link');
}

/** A plain number in this column counts pictures, and is the name of none. */
export const COUNTS_PICTURES = 'pictures';

/** For each column that goes by another name, Google's name. */
export function aliasesIn(has: (name: string) => boolean): [from: string, to: string][] {
  const isPlain = REQUIRED_COLUMNS.some((name) => !has(name));
  const found: [string, string][] = [];
  for (const [name, others] of isPlain ? [...ALIASES, ...PLAIN_ALIASES] : ALIASES) {
    if (has(name) || found.some(([, to]) => to === name)) continue;
    const other = others.find(has);
    if (other !== undefined) found.push([other, name]);
  }
  return found;
}

const MOST_LISTED = 30;
const LONGEST_LISTED = 60;

/** The columns as the feed writes them, for a message. */
export function listColumns(names: readonly string[]): string {
  const shown = names
    .map((name) =>
      wellFormed(name)
        .replace(/\p{C}+/gu, ' ')
        .trim(),
    )
    .filter((name) => name !== '')
    .map((name) => (name.length > LONGEST_LISTED ? `${name.slice(0, LONGEST_LISTED)}…` : name));
  if (shown.length === 0) return 'It has no column with a name.';
  const more = shown.length > MOST_LISTED ? ` and ${shown.length - MOST_LISTED} more` : '';
  const list = shown.slice(0, MOST_LISTED).join(', ');
  return shown.length === 1 ? `Its only column is ${list}.` : `It has the columns ${list}${more}.`;
}

export function missingColumns(has: (name: string) => boolean): string[] {
  return REQUIRED_COLUMNS.filter((name) => !has(name));
}
