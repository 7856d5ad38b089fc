import { own } from '../../../vocabulary/own.ts';
import { splitLinks } from '../links.ts';
import type { Fields, RawRow } from '../raw.ts';
import { filled, MOST_WAITING, optionColumn, sharedText, sizeOf, textOf } from './cells.ts';

type Row = Extract<RawRow, { fields: unknown }>;

interface Parent {
  readonly row: number;
  readonly fields: Fields;
  used: boolean;
}

/** The field that each column is read for. */
export const WOOCOMMERCE_FIELDS: Readonly<Record<string, string>> = {
  id: 'id',
  sku: 'id',
  parent: 'item_group_id',
  name: 'title',
  short_description: 'description',
  description: 'description',
  external_url: 'link',
  images: 'image_link',
  regular_price: 'price',
  price: 'price',
  sale_price: 'sale_price',
  date_sale_price_starts: 'sale_price_effective_date',
  date_sale_price_ends: 'sale_price_effective_date',
  'in_stock?': 'availability',
  'backorders_allowed?': 'availability',
  brands: 'brand',
  brand: 'brand',
  categories: 'product_type',
};

/** Products with variations, and variations that come before theirs, which are kept until the end of the feed. */
const MOST_KEPT = 50_000;
/** Characters of descriptions kept for the variations of products. */
const MOST_TEXT = 16 * 1024 * 1024;

/**
 * WooCommerce's product export. A variation takes the title, texts and pictures that it lacks from its parent, which
 * is its `item_group_id`; the parent is an item only if it has no variations.
 */
export async function* mapWooCommerce(
  rows: AsyncIterable<RawRow>,
  note: (text: string) => void,
): AsyncGenerator<RawRow> {
  const parents = new Map<string, Parent>();
  const hidden = new Set<string>();
  const early: Row[] = [];
  let text = 0;
  let size = 0;
  let unpublished = 0;
  let without = 0;
  for await (const written of rows) {
    if ('fault' in written) {
      yield written;
      continue;
    }
    const raw = { row: written.row, fields: unescaped(written.fields) };
    const type = textOf(raw.fields, 'type').toLowerCase();
    if (!isPublished(raw.fields) || hidden.has(parentOf(raw.fields))) {
      unpublished += 1;
      if (hidden.size < MOST_KEPT) for (const key of keysOf(raw.fields)) hidden.add(key);
    } else if (/\bvariable\b/.test(type) && parents.size < MOST_KEPT) {
      const item = toItem(raw.fields);
      const description = sharedText(textOf(item, 'description'));
      const isKept = text + description.length <= MOST_TEXT;
      if (isKept) text += description.length;
      else without += 1;
      const fields = filled({ ...item, description: isKept ? description : '' });
      const parent = { row: raw.row, fields, used: false };
      for (const key of keysOf(raw.fields)) parents.set(key, parent);
    } else if (/\bvariation\b/.test(type)) {
      const parent = parents.get(parentOf(raw.fields));
      if (parent || early.length >= MOST_KEPT || size > MOST_WAITING) yield toVariation(raw, parent);
      else {
        early.push(raw);
        size += sizeOf(raw.fields);
      }
    } else yield { row: raw.row, fields: toItem(raw.fields) };
  }
  for (const raw of early) {
    if (hidden.has(parentOf(raw.fields))) unpublished += 1;
    else yield toVariation(raw, parents.get(parentOf(raw.fields)));
  }
  for (const parent of new Set(parents.values())) {
    if (!parent.used) yield { row: parent.row, fields: parent.fields };
  }
  if (without > 0) {
    note(
      `The descriptions of ${without} ${without === 1 ? 'product' : 'products'} with variations were left out: all of them ` +
        `together are longer than ${MOST_TEXT} characters.`,
    );
  }
  if (unpublished > 0) {
    note(
      `${unpublished} ${unpublished === 1 ? 'row is' : 'rows are'} hidden or not published, and left out.`,
    );
  }
}

/** A cell that a spreadsheet might run has an apostrophe before it. */
const KEPT_FROM_RUNNING = /^'(?=[=+\-@\t\r])/;
/** A line break is written `\n`, and what was `\n` already `\\n`. */
const LINE_BREAK = /\\?\\n/g;
const TEXTS = ['short_description', 'description'];

/** The cells as they were in the shop, as WooCommerce's own importer reads them. */
function unescaped(fields: Readonly<Fields>): Fields {
  const cells: Fields = Object.create(null);
  for (const name in fields) {
    const value = own(fields, name);
    cells[name] = typeof value === 'string' ? value.replace(KEPT_FROM_RUNNING, '') : value;
  }
  for (const name of TEXTS) {
    const text = cells[name];
    if (typeof text !== 'string') continue;
    cells[name] = text.replace(LINE_BREAK, (mark) => (mark.length > 2 ? '\\n' : '\n'));
  }
  return cells;
}

/** A parent is named by its SKU, or by its id as in `id:12`. */
function keysOf(fields: Readonly<Fields>): string[] {
  const [id, sku] = [textOf(fields, 'id'), textOf(fields, 'sku')];
  return [id && `id:${id}`, sku].filter(Boolean);
}

const parentOf = (fields: Readonly<Fields>) => textOf(fields, 'parent');

function isPublished(fields: Readonly<Fields>): boolean {
  const published = textOf(fields, 'published');
  return (published === '' || published === '1') && textOf(fields, 'visibility_in_catalog') !== 'hidden';
}

function toVariation({ row, fields }: Row, parent: Parent | undefined): RawRow {
  const itself = toItem(fields);
  if (!parent) return { row, fields: { ...itself, ...filled({ item_group_id: parentOf(fields) }) } };
  parent.used = true;
  const { color: _color, size: _size, price: _price, sale_price: _sale, ...shared } = parent.fields;
  const merged: Fields = { ...shared, ...itself, item_group_id: parent.fields.id };
  if (itself.image_link !== undefined) {
    const more = [...asList(itself.additional_image_link), ...imagesOf(parent.fields)];
    merged.additional_image_link = [...new Set(more)].filter((link) => link !== itself.image_link);
  }
  return { row, fields: merged };
}

const asList = (value: unknown) => (Array.isArray(value) ? value : []);
const imagesOf = (fields: Readonly<Fields>) =>
  fields.image_link === undefined ? [] : [fields.image_link, ...asList(fields.additional_image_link)];

function toItem(fields: Readonly<Fields>): Fields {
  const [image, ...more] = splitLinks(withCommas(textOf(fields, 'images')));
  return filled({
    ...attributesOf(fields),
    id: textOf(fields, 'sku', 'id'),
    title: textOf(fields, 'name'),
    description: textOf(fields, 'short_description', 'description'),
    link: textOf(fields, 'external_url'),
    image_link: image,
    additional_image_link: more,
    price: textOf(fields, 'regular_price') || textOf(fields, 'price'),
    sale_price: textOf(fields, 'sale_price'),
    sale_price_effective_date: saleDates(fields),
    availability: availabilityOf(fields),
    brand: withCommas(textOf(fields, 'brands', 'brand')),
    product_type: deepestCategory(textOf(fields, 'categories')),
  });
}

/** A sale without a start has begun, and one without an end goes on. */
function saleDates(fields: Readonly<Fields>): string {
  const start = textOf(fields, 'date_sale_price_starts');
  const end = textOf(fields, 'date_sale_price_ends');
  return start || end ? `${start || '1970-01-01'}/${end || '9999-12-31'}` : '';
}

function availabilityOf(fields: Readonly<Fields>): string {
  const stock = textOf(fields, 'in_stock?').toLowerCase();
  if (stock === 'backorder') return 'backorder';
  if (stock !== '0' && stock !== 'no' && stock !== 'false') return 'in_stock';
  const backorders = textOf(fields, 'backorders_allowed?').toLowerCase();
  return ['1', 'yes', 'notify'].includes(backorders) ? 'backorder' : 'out_of_stock';
}

/** A comma inside one of several values is written `\,`. */
const withCommas = (text: string) => text.replace(/\\,/g, ',');

/** Of `Clothing, Clothing > Dresses` the latter. */
function deepestCategory(categories: string): string {
  const paths = categories.split(/(?<!\\),/).map((path) => withCommas(path).trim());
  const depth = (path: string) => path.split('>').length;
  return paths.reduce((deepest, path) => (depth(path) > depth(deepest) ? path : deepest), paths[0] ?? '');
}

/** `Attribute 1 name` and `Attribute 1 value(s)`, and so on. */
function attributesOf(fields: Readonly<Fields>): Fields {
  const found: Fields = Object.create(null);
  for (let n = 1; Object.hasOwn(fields, `attribute_${n}_name`); n++) {
    const name = textOf(fields, `attribute_${n}_name`);
    const values = textOf(fields, `attribute_${n}_value(s)`, `attribute_${n}_values`, `attribute_${n}_value`);
    if (name === '' || values === '') continue;
    found[optionColumn(name)] ??= values
      .split(/(?<!\\),/)
      .map((value) => withCommas(value).trim())
      .join('/');
  }
  return found;
}
