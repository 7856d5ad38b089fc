import { type ItemLoaders, makeItemLoaders } from './catalogue/items/loaders.ts';
import { makeSlotLoaders, type SlotLoaders } from './catalogue/slots/loaders.ts';
import type { Database } from './db/database.ts';
import { type GarmentLoaders, makeGarmentLoaders } from './garments/loaders.ts';
import { type LookLoaders, makeLookLoaders } from './outfits/looks/loaders.ts';
import { makePhotoLoaders, type PhotoLoaders } from './photos/loaders.ts';
import { makeShopLoaders, type ShopLoaders } from './shops/loaders.ts';

/** One request's batched reads. */
export type Loaders = GarmentLoaders & ItemLoaders & LookLoaders & PhotoLoaders & ShopLoaders & SlotLoaders;

/** `all`: also for what shoppers do not see. */
export function createLoaders(db: Database, shopId: string, all: boolean): Loaders {
  return {
    ...makeGarmentLoaders(db, shopId),
    ...makeItemLoaders(db, shopId),
    ...makeSlotLoaders(db, shopId),
    ...makeLookLoaders(db, shopId, all),
    ...makePhotoLoaders(db, shopId),
    ...makeShopLoaders(db, shopId, all),
  };
}
