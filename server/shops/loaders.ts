import type DataLoader from 'dataloader';
import type { Database, Queryable } from '../db/database.ts';
import { makeOnceLoader } from '../db/loader.ts';
import {
  countCategories,
  countDrawnItems,
  countItems,
  findShop,
  listValues,
  type ShopRow,
} from './shops.sql.ts';

const MAX_COLORS = 100;
const MAX_BRANDS = 200;

/** What one request reads of a shop, each once. Keys are the shops' own ids. */
export interface ShopLoaders {
  readonly shop: DataLoader<string, ShopRow | null>;
  readonly itemCounts: DataLoader<string, { itemCount: number; pendingCount: number }>;
  readonly drawnItemCount: DataLoader<string, number>;
  readonly categoriesOfShop: DataLoader<string, { category: number; count: number }[]>;
  readonly colorsOfShop: DataLoader<string, string[]>;
  readonly brandsOfShop: DataLoader<string, string[]>;
}

/** `all`: also of what shoppers do not see. */
export function makeShopLoaders(db: Database, shopId: string, all: boolean): ShopLoaders {
  const once = <Value>(read: (tx: Queryable, id: string) => Promise<Value>) =>
    makeOnceLoader((id) => db.inShop(shopId, (tx) => read(tx, id)));
  return {
    shop: once(findShop),
    itemCounts: once((tx, id) => countItems(tx, id, all)),
    drawnItemCount: once(countDrawnItems),
    categoriesOfShop: once(countCategories),
    colorsOfShop: once((tx, id) => listValues(tx, id, 'color', { all, limit: MAX_COLORS })),
    brandsOfShop: once((tx, id) => listValues(tx, id, 'brand', { all, limit: MAX_BRANDS })),
  };
}
