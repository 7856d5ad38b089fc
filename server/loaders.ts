import DataLoader from 'dataloader';
import {
  countVariants,
  type ItemImageRow,
  type ItemRow,
  listImagesOfItems,
  listItems,
} from './catalogue/items/item.sql.ts';
import type { Database } from './db/database.ts';
import { makeLoader, makeOneLoader } from './db/loader.ts';
import {
  type GarmentRow,
  listGarmentsOfItems,
  listGarmentsOfPhotos,
  listPrimaryGarments,
} from './garments/garments.sql.ts';
import { countItems } from './shops/shops.sql.ts';

/** One request's batched reads. Keys are ids within the viewer's shop. */
export interface Loaders {
  readonly garmentsOfPhoto: DataLoader<string, GarmentRow[]>;
  /** The garments of all of an item's images. */
  readonly garmentsOfItem: DataLoader<string, GarmentRow[]>;
  readonly primaryGarment: DataLoader<string, GarmentRow | null>;
  readonly item: DataLoader<string, ItemRow | null>;
  /** An item's images in their order. */
  readonly imagesOfItem: DataLoader<string, ItemImageRow[]>;
  /** How many ready items are of the item's group; null for one that is in none. */
  readonly variantCount: DataLoader<string, { count: number } | null>;
  /** By the shop's own id. */
  readonly itemCounts: DataLoader<string, { itemCount: number; pendingCount: number }>;
}

export function createLoaders(db: Database, shopId: string): Loaders {
  return {
    garmentsOfPhoto: makeLoader(db, shopId, listGarmentsOfPhotos, (row) => row.photoId!),
    garmentsOfItem: makeLoader(db, shopId, listGarmentsOfItems, (row) => row.itemId!),
    primaryGarment: makeOneLoader(db, shopId, listPrimaryGarments, (row) => row.itemId!),
    item: makeOneLoader(db, shopId, listItems, (row) => row.id),
    imagesOfItem: makeLoader(db, shopId, listImagesOfItems, (row) => row.itemId),
    variantCount: makeOneLoader(db, shopId, countVariants, (row) => row.itemId),
    itemCounts: new DataLoader(async (ids) =>
      Promise.all(ids.map((id) => db.inShop(shopId, (tx) => countItems(tx, id)))),
    ),
  };
}
