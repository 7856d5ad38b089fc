import type { RawRow } from '../raw.ts';
import { mapShopify } from './shopify.ts';
import { mapWooCommerce } from './woocommerce.ts';

/** A shop system whose exports have columns of their own. */
export interface Dialect {
  readonly name: string;
  /** Turns its rows into rows with Google's columns. `note` tells the merchandiser what was left out. */
  map(rows: AsyncIterable<RawRow>, note: (text: string) => void): AsyncGenerator<RawRow>;
}

const SHOPIFY: Dialect = { name: 'Shopify', map: mapShopify };
const WOOCOMMERCE: Dialect = { name: 'WooCommerce', map: mapWooCommerce };

/** The shop system that wrote a table with these columns, as `columnName` writes them. */
export function dialectOf(columns: readonly string[]): Dialect | null {
  const has = (...names: string[]) => names.some((name) => columns.includes(name));
  if (has('image_link')) return null;
  if (has('handle', 'url_handle') && has('title') && has('image_src', 'product_image_url')) return SHOPIFY;
  if (has('type') && has('name') && has('images') && has('regular_price', 'parent')) return WOOCOMMERCE;
  return null;
}
