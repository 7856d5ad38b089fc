import type DataLoader from 'dataloader';
import type { Database } from '../../db/database.ts';
import { makeLoader } from '../../db/loader.ts';
import { lookQuery } from './look-query.ts';
import { type LookItemRow, type LookRow, listLookItems, listLooksOfItems } from './looks.sql.ts';

/** Looks listed with an item. */
export const MAX_LOOKS_OF_ITEM = 20;

/** One request's batched reads of looks. Keys are the shop's own ids. */
export interface LookLoaders {
  /** A look's items in order. */
  readonly itemsOfLook: DataLoader<string, LookItemRow[]>;
  /** The newest looks that an item is in. */
  readonly looksOfItem: DataLoader<string, (LookRow & { itemId: string })[]>;
}

/** `all`: also looks that shoppers do not see. */
export function makeLookLoaders(db: Database, shopId: string, all: boolean): LookLoaders {
  return {
    itemsOfLook: makeLoader(
      db,
      shopId,
      async (tx, ids) => listLookItems(tx, await lookQuery(tx, shopId, all), ids),
      (row) => row.lookId,
    ),
    looksOfItem: makeLoader(
      db,
      shopId,
      async (tx, ids) => listLooksOfItems(tx, await lookQuery(tx, shopId, all), ids, MAX_LOOKS_OF_ITEM),
      (row) => row.itemId,
    ),
  };
}
