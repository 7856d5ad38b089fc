import type DataLoader from 'dataloader';
import type { Database } from '../db/database.ts';
import { makeOneLoader } from '../db/loader.ts';
import { listPhotos, type PhotoRow } from './photos.sql.ts';

/** One request's batched reads of photos. */
export interface PhotoLoaders {
  readonly photo: DataLoader<string, PhotoRow | null>;
}

export function makePhotoLoaders(db: Database, shopId: string): PhotoLoaders {
  return { photo: makeOneLoader(db, shopId, listPhotos, (row) => row.id) };
}
