import type DataLoader from 'dataloader';
import type { Database } from '../../db/database.ts';
import { makeOnceLoader, makeOneLoader } from '../../db/loader.ts';
import { countBySlot, listOwnSlots, type OwnSlotRow } from './slots.sql.ts';

/** One request's batched counts. Keys are the slots' names. */
export interface SlotLoaders {
  readonly itemsInSlot: DataLoader<string, { count: number } | null>;
  /** The shop's own slots, by its id. */
  readonly slotsOfShop: DataLoader<string, OwnSlotRow[]>;
}

export function makeSlotLoaders(db: Database, shopId: string): SlotLoaders {
  return {
    itemsInSlot: makeOneLoader(db, shopId, countBySlot, (row) => row.slot),
    slotsOfShop: makeOnceLoader((id) => db.inShop(shopId, (tx) => listOwnSlots(tx, id))),
  };
}
