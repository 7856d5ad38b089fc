import DataLoader from 'dataloader';
import type { Database, ShopQueryable } from './database.ts';

/** Batches one request's reads: the keys of each tick become one call of `read`, in one transaction. */
export function makeLoader<Row>(
  db: Database,
  shopId: string,
  read: (tx: ShopQueryable, keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row[]> {
  return new DataLoader(
    async (keys) => {
      const rows = await db.inShop(shopId, (tx) => read(tx, keys));
      const byKey = new Map<string, Row[]>(keys.map((key) => [key, []]));
      for (const row of rows) byKey.get(keyOf(row))?.push(row);
      return keys.map((key) => byKey.get(key)!);
    },
    { maxBatchSize: 500 },
  );
}

/** Like `makeLoader`, for keys that have at most one row. */
export function makeOneLoader<Row>(
  db: Database,
  shopId: string,
  read: (tx: ShopQueryable, keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | null> {
  return new DataLoader(
    async (keys) => {
      const rows = await db.inShop(shopId, (tx) => read(tx, keys));
      const byKey = new Map(rows.map((row) => [keyOf(row), row]));
      return keys.map((key) => byKey.get(key) ?? null);
    },
    { maxBatchSize: 500 },
  );
}

/** For reads that cannot be batched: an operation that asks a hundred times for one key reads it once. */
export function makeOnceLoader<Value>(read: (key: string) => Promise<Value>): DataLoader<string, Value> {
  return new DataLoader((keys) => Promise.all(keys.map(read)));
}
