import { makeFairQueue } from '../db/fair-queue.ts';
import { rleToPath } from '../vision/masks/masks.ts';
import type { GarmentRow } from './garments.sql.ts';

const MOST_WAIT_MS = 30_000;

/** Of the event loop, which all requests share. */
const turns = makeFairQueue(1, MOST_WAIT_MS, 'The server');
const known = new WeakMap<GarmentRow, Promise<string>>();

/**
 * The outline of a garment as an SVG path. One of a large picture takes some ten milliseconds in which nobody else is heard:
 * one is made in each turn of the event loop, clients one after another, and each once, however often a query asks for it.
 */
export function outlineOf(row: GarmentRow, client: string): Promise<string> {
  const path = known.get(row) ?? trace(row, client);
  known.set(row, path);
  return path;
}

async function trace({ mask, width, height }: GarmentRow, client: string): Promise<string> {
  await turns.take(client);
  setImmediate(turns.give);
  return rleToPath(mask, width, height);
}
