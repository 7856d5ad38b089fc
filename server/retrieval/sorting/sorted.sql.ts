import { PRICE_NOW } from '../../catalogue/items/price-now.ts';
import type { Queryable } from '../../db/database.ts';

/** Orders for a list of matches beside their closeness. */
export type Sort = 'price rising' | 'price falling' | 'newest';

/** Prices in another currency than the shop's cannot be compared, so such items come last. */
const PRICE = `case when coalesce(i.currency, $3::text) = $3::text then ${PRICE_NOW} end`;
const ORDERS: Readonly<Record<Sort, string>> = {
  'price rising': `${PRICE} asc nulls last`,
  'price falling': `${PRICE} desc nulls last`,
  newest: `case when $3::text is not null then i.created_at end desc`,
};

/** These items in this order; `itemIds` decides between equals. */
export async function sortItems(
  db: Queryable,
  shopId: string,
  { itemIds, sort, currency }: { itemIds: readonly string[]; sort: Sort; currency: string },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select i.id from items i where i.shop_id = $1::uuid and i.id = any($2::text[])
     order by ${ORDERS[sort]}, array_position($2::text[], i.id)`,
    [shopId, itemIds, currency],
  );
  return rows.map(({ id }) => id);
}
