import { own } from '../../../vocabulary/own.ts';
import type { RawRow } from '../raw.ts';
import { mapShopify, SHOPIFY_FIELDS } from './shopify.ts';
import { mapWooCommerce, WOOCOMMERCE_FIELDS } from './woocommerce.ts';
import { englishColumn } from './woocommerce-names.ts';

/** A shop system whose exports have columns of their own. */
export interface Dialect {
  readonly name: string;
  /** The columns by the names that `map` reads. */
  columnsOf(columns: readonly string[]): readonly string[];
  /** What becomes of a column, as `columnName` writes it. */
  describe(column: string): { use: 'field' | 'attribute' | 'ignored'; field: string | null };
  /** Turns its rows into rows with Google's columns. `note` tells the merchandiser what was left out. */
  map(rows: AsyncIterable<RawRow>, note: (text: string) => void): AsyncGenerator<RawRow>;
}

const SHOPIFY: Dialect = {
  name: 'Shopify',
  columnsOf: (columns) => columns,
  describe: describer(SHOPIFY_FIELDS),
  map: mapShopify,
};
const describeInWooCommerce = describer(WOOCOMMERCE_FIELDS);
const WOOCOMMERCE: Dialect = {
  name: 'WooCommerce',
  columnsOf: (columns) => columns.map(englishColumn),
  describe: (column) => describeInWooCommerce(englishColumn(column)),
  map: mapWooCommerce,
};

/** The shop system that wrote a table with these columns, as `columnName` writes them. */
export function dialectOf(columns: readonly string[]): Dialect | null {
  const hasIn = (all: readonly string[], names: readonly string[]) =>
    names.some((name) => all.includes(name));
  const has = (...names: string[]) => hasIn(columns, names);
  if (has('image_link')) return null;
  if (has('handle', 'url_handle') && has('title') && has('image_src', 'product_image_url')) return SHOPIFY;
  const english = columns.map(englishColumn);
  const hasEnglish = (...names: string[]) => hasIn(english, names);
  if (
    hasEnglish('type') &&
    hasEnglish('name') &&
    hasEnglish('images') &&
    hasEnglish('regular_price', 'parent')
  ) {
    return WOOCOMMERCE;
  }
  return null;
}

/** Options become colours, sizes or attributes by their names, which stand in the rows. */
const OPTION = /^(?:option|attribute_?)\d+_(?:name|value)/;

function describer(fields: Readonly<Record<string, string>>): Dialect['describe'] {
  return (column) => {
    const field = own(fields, column);
    if (field !== undefined) return { use: 'field', field };
    return { use: OPTION.test(column) ? 'attribute' : 'ignored', field: null };
  };
}
