import type { Queryable } from '../../db/database.ts';
import { type PricedRow, type PricePage, pagePricedItems, pageUnpricedItems } from './price-order.sql.ts';

/** Where a page ended: what its last item cost, '' for nothing that can be compared, and its id. */
export type PriceKey = readonly [price: number | '', id: string];

export function priceKey(price: number | null, id: string): PriceKey {
  return [price ?? '', id];
}

/** One page of the items by price; those without one that can be compared come last. */
export async function pageItemsByPrice(
  db: Queryable,
  page: PricePage & { readonly after?: PriceKey | undefined },
): Promise<PricedRow[]> {
  const { after, limit, ...of } = page;
  const [price, id] = after ?? [undefined, ''];
  const priced =
    price === ''
      ? []
      : await pagePricedItems(db, { ...of, limit, after: price === undefined ? undefined : { price, id } });
  if (priced.length === limit) return priced;
  const rest = { ...of, limit: limit - priced.length, after: price === '' ? id : undefined };
  return [...priced, ...(await pageUnpricedItems(db, rest))];
}

export function isPriceKey(key: readonly unknown[]): key is PriceKey {
  const [price, id] = key;
  return key.length === 2 && (price === '' || Number.isSafeInteger(price)) && typeof id === 'string';
}
