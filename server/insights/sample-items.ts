import { toItem } from '../catalogue/items/item.type.ts';
import type { Queryable } from '../db/database.ts';
import { checkFirst, MAX_COUNT } from '../graphql/connection.ts';
import type { InsightsContext } from './context.ts';
import type { ItemSample } from './insights.type.ts';

/** The first of a list of items, and how long the list is, counted to MAX_COUNT. */
export async function sampleItems(
  { db, shopId, loaders }: InsightsContext,
  first: number,
  of: {
    list(tx: Queryable, limit: number): Promise<string[]>;
    count(tx: Queryable, most: number): Promise<number>;
  },
): Promise<ItemSample> {
  const limit = checkFirst(first);
  const { ids, counted } = await db.inShop(shopId, async (tx) => ({
    ids: await of.list(tx, limit),
    counted: await of.count(tx, MAX_COUNT + 1),
  }));
  const items = await Promise.all(ids.map((id) => loaders.item.load(id)));
  return {
    count: Math.min(MAX_COUNT, counted),
    isExact: counted <= MAX_COUNT,
    items: items.flatMap((row) => (row ? [toItem(row)] : [])),
  };
}
