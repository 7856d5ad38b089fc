import DataLoader from 'dataloader';
import type { Database } from '../db/database.ts';
import { countItems } from './shops.sql.ts';

/** One request's batched counts. Keys are the shops' own ids. */
export interface ShopLoaders {
  readonly itemCounts: DataLoader<string, { itemCount: number; pendingCount: number }>;
}

/** `all`: also of what shoppers do not see. */
export function makeShopLoaders(db: Database, shopId: string, all: boolean): ShopLoaders {
  return {
    itemCounts: new DataLoader((ids) =>
      Promise.all(ids.map((id) => db.inShop(shopId, (tx) => countItems(tx, id, all)))),
    ),
  };
}
