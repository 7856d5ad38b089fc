import { makeFairQueue } from '../db/fair-queue.ts';
import type { GarmentRow } from './garments.sql.ts';

const MOST_WAIT_MS = 30_000;

/** Of the event loop, which all requests share. */
const turns = makeFairQueue(1, MOST_WAIT_MS, 'The server');

/**
 * For what takes some milliseconds for each garment, in which nobody else is heard: one garment in each turn of the event
 * loop, clients one after another, and each row once, however often a query asks for it. Rejects with BusyError.
 */
export function measureInTurn<T>(
  measure: (row: GarmentRow) => T,
): (row: GarmentRow, client: string) => Promise<T> {
  const known = new WeakMap<GarmentRow, Promise<T>>();
  const take = async (row: GarmentRow, client: string) => {
    await turns.take(client);
    setImmediate(turns.give);
    return measure(row);
  };
  return (row, client) => {
    const measured = known.get(row) ?? take(row, client);
    known.set(row, measured);
    return measured;
  };
}
