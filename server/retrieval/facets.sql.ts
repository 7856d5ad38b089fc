import { PRICE_NOW } from '../catalogue/items/price-now.ts';
import type { Queryable } from '../db/database.ts';

/** In minor units; null if no item has a price in this currency. */
export async function findPriceRange(
  db: Queryable,
  shopId: string,
  { itemIds, currency }: { itemIds: readonly string[]; currency: string },
): Promise<{ min: number | null; max: number | null }> {
  const { rows } = await db.query<{ min: number | null; max: number | null }>(
    `select min(${PRICE_NOW}) as min, max(${PRICE_NOW}) as max from items i
     where i.shop_id = $1::uuid and i.id = any($2::text[]) and coalesce(i.currency, $3) = $3`,
    [shopId, itemIds, currency],
  );
  return rows[0]!;
}
