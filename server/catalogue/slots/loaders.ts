import type DataLoader from 'dataloader';
import type { Database } from '../../db/database.ts';
import { makeOneLoader } from '../../db/loader.ts';
import { countBySlot } from './slots.sql.ts';

/** One request's batched counts. Keys are the slots' names. */
export interface SlotLoaders {
  readonly itemsInSlot: DataLoader<string, { count: number } | null>;
}

export function makeSlotLoaders(db: Database, shopId: string): SlotLoaders {
  return { itemsInSlot: makeOneLoader(db, shopId, countBySlot, (row) => row.slot) };
}
