import { STEP } from './rule.ts';

/** An item whose distance is shifted by boosts and buries. */
export interface ShiftedItem {
  readonly itemId: string;
  /** Cosine distance before the shift. */
  readonly distance: number;
  /** Steps that its rules add. */
  readonly steps: number;
}

/** Reads the next items that have these steps, by distance and item id. */
export type ReadStream = (
  steps: number,
  after: { readonly distance: number; readonly itemId: string } | undefined,
  limit: number,
) => Promise<readonly { readonly itemId: string; readonly distance: number }[]>;

const shifted = ({ distance, steps }: ShiftedItem) => distance + steps * STEP;

/**
 * The database orders items within a stream, and equal distances keep that order. Items of different streams never
 * agree in both numbers.
 */
export function compareShifted(a: ShiftedItem, b: ShiftedItem): number {
  return shifted(a) - shifted(b) || a.distance - b.distance;
}

/** More than a rounding error of a shifted distance, less than any difference between two items. */
const ROUNDING = 1e-9;

/**
 * Merges the streams into one order, starting after `after`. Reads each stream only as far as needed, `chunk` rows at
 * a time. Each reading sees what has been stored until then: an item that comes to other rules meanwhile, as by an import,
 * may be in a second stream. Its first place counts.
 */
export async function* mergeStreams(
  read: ReadStream,
  steps: readonly number[],
  after: ShiftedItem | undefined,
  chunk: number,
): AsyncGenerator<ShiftedItem, void> {
  const streams = steps.map((own) => streamOf(read, own, after, chunk));
  const given = new Set<string>();
  // In sequence: they share the connection of one transaction.
  for (const stream of streams) await stream.advance();
  for (;;) {
    let next: Stream | undefined;
    for (const stream of streams) {
      if (stream.head && (!next?.head || compareShifted(stream.head, next.head) < 0)) next = stream;
    }
    if (!next?.head) return;
    if (!given.has(next.head.itemId)) yield next.head;
    given.add(next.head.itemId);
    await next.advance();
  }
}

interface Stream {
  head: ShiftedItem | undefined;
  advance(): Promise<void>;
}

function streamOf(read: ReadStream, steps: number, after: ShiftedItem | undefined, chunk: number): Stream {
  let rows: readonly ShiftedItem[] = [];
  let at = 0;
  let more = true;
  let from = after && startOf(steps, after);
  const stream: Stream = {
    head: undefined,
    async advance() {
      do {
        if (at === rows.length && more) {
          rows = (await read(steps, from, chunk)).map((row) => ({ ...row, steps }));
          at = 0;
          more = rows.length === chunk;
          from = rows.at(-1) ?? from;
        }
        stream.head = rows[at++];
        // Skips items that rounding let in at the start of another stream.
      } while (stream.head && after && steps !== after.steps && compareShifted(stream.head, after) <= 0);
    },
  };
  return stream;
}

/** A stream continues after `after` if that is its own item, otherwise just before the same shifted distance. */
function startOf(steps: number, after: ShiftedItem): { distance: number; itemId: string } {
  if (steps === after.steps) return after;
  return { distance: shifted(after) - steps * STEP - ROUNDING, itemId: '' };
}
