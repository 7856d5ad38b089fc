import type DataLoader from 'dataloader';
import type { Database } from '../../db/database.ts';
import { makeLoader, makeOnceLoader, makeOneLoader } from '../../db/loader.ts';
import { COUNTED_ITEMS, countValues, type ValueRow } from './count-values.sql.ts';
import {
  countVariants,
  type FeedWordsRow,
  type ItemImageRow,
  type ItemRow,
  listFeedWords,
  listImagesOfItems,
  listItems,
  listVariants,
} from './item.sql.ts';

/** One request's batched reads of items. Keys are the shop's own item ids. */
export interface ItemLoaders {
  readonly item: DataLoader<string, ItemRow | null>;
  readonly feedWords: DataLoader<string, FeedWordsRow | null>;
  /** An item's images in order. */
  readonly imagesOfItem: DataLoader<string, ItemImageRow[]>;
  /** The number of ready items in the item's group; null if it is in none. */
  readonly variantCount: DataLoader<string, { count: number } | null>;
  /** Of the shop's newest items, by the shop's id. */
  readonly valuesOfShop: DataLoader<string, ValueRow[]>;
  /** The items of a group that shoppers can see; the key is the group's id. */
  readonly variants: DataLoader<string, ItemRow[]>;
}

export function makeItemLoaders(db: Database, shopId: string): ItemLoaders {
  return {
    item: makeOneLoader(db, shopId, listItems, (row) => row.id),
    feedWords: makeOneLoader(db, shopId, listFeedWords, (row) => row.id),
    imagesOfItem: makeLoader(db, shopId, listImagesOfItems, (row) => row.itemId),
    variants: makeLoader(db, shopId, listVariants, (row) => row.itemGroupId),
    variantCount: makeOneLoader(db, shopId, countVariants, (row) => row.itemId),
    valuesOfShop: makeOnceLoader((id) =>
      db.inShop(shopId, (tx) => countValues(tx, id, { newest: COUNTED_ITEMS })),
    ),
  };
}
