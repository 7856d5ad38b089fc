import type DataLoader from 'dataloader';
import type { Database } from '../../db/database.ts';
import { makeLoader, makeOneLoader } from '../../db/loader.ts';
import {
  countVariants,
  type ItemImageRow,
  type ItemRow,
  listImagesOfItems,
  listItems,
  listVariants,
} from './item.sql.ts';

/** One request's batched reads of items. Keys are the shop's own item ids. */
export interface ItemLoaders {
  readonly item: DataLoader<string, ItemRow | null>;
  /** An item's images in order. */
  readonly imagesOfItem: DataLoader<string, ItemImageRow[]>;
  /** The number of ready items in the item's group; null if it is in none. */
  readonly variantCount: DataLoader<string, { count: number } | null>;
  /** The items of a group that shoppers can see; the key is the group's id. */
  readonly variants: DataLoader<string, ItemRow[]>;
}

export function makeItemLoaders(db: Database, shopId: string): ItemLoaders {
  return {
    item: makeOneLoader(db, shopId, listItems, (row) => row.id),
    imagesOfItem: makeLoader(db, shopId, listImagesOfItems, (row) => row.itemId),
    variants: makeLoader(db, shopId, listVariants, (row) => row.itemGroupId),
    variantCount: makeOneLoader(db, shopId, countVariants, (row) => row.itemId),
  };
}
