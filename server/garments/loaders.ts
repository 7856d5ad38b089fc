import type DataLoader from 'dataloader';
import type { Database } from '../db/database.ts';
import { makeLoader, makeOneLoader } from '../db/loader.ts';
import {
  type GarmentRow,
  listGarments,
  listGarmentsOfItems,
  listGarmentsOfPhotos,
  listPrimaryGarments,
} from './garments.sql.ts';

/** One request's batched reads of garments. Keys are ids within the viewer's shop. */
export interface GarmentLoaders {
  readonly garmentsOfPhoto: DataLoader<string, GarmentRow[]>;
  /** The garments in all of an item's images. */
  readonly garmentsOfItem: DataLoader<string, GarmentRow[]>;
  readonly garment: DataLoader<string, GarmentRow | null>;
  readonly primaryGarment: DataLoader<string, GarmentRow | null>;
}

export function makeGarmentLoaders(db: Database, shopId: string): GarmentLoaders {
  return {
    garmentsOfPhoto: makeLoader(db, shopId, listGarmentsOfPhotos, (row) => row.photoId!),
    garmentsOfItem: makeLoader(db, shopId, listGarmentsOfItems, (row) => row.itemId!),
    garment: makeOneLoader(db, shopId, listGarments, (row) => row.id),
    primaryGarment: makeOneLoader(db, shopId, listPrimaryGarments, (row) => row.itemId!),
  };
}
