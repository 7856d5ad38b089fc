import { STEP } from './rule.ts';

/** An item in the order that boosts and buries make: by distance with the steps of its rules, then as it was. */
export interface ShiftedItem {
  readonly itemId: string;
  /** Cosine distance, as it was. */
  readonly distance: number;
  /** Steps that its rules add to it. */
  readonly steps: number;
}

/** The next items of one stream, all with the same steps, by distance and item id. */
export type ReadStream = (
  steps: number,
  after: { readonly distance: number; readonly itemId: string } | undefined,
  limit: number,
) => Promise<readonly { readonly itemId: string; readonly distance: number }[]>;

const shifted = ({ distance, steps }: ShiftedItem) => distance + steps * STEP;

/**
 * Within a stream the database has ordered the items, and an equal distance keeps that order; of two streams no items
 * are equal in both numbers.
 */
export function compareShifted(a: ShiftedItem, b: ShiftedItem): number {
  return shifted(a) - shifted(b) || a.distance - b.distance;
}

/** More than rounding may move a shifted distance by, and less than sets any two items apart. */
const ROUNDING = 1e-9;

/**
 * Merges the streams into one order, from behind `after` on. Each is read as far as the merge needs it, `chunk` rows
 * at a time.
 */
export async function* mergeStreams(
  read: ReadStream,
  steps: readonly number[],
  after: ShiftedItem | undefined,
  chunk: number,
): AsyncGenerator<ShiftedItem, void> {
  const streams = steps.map((own) => streamOf(read, own, after, chunk));
  // One after the other: they share a transaction's one connection.
  for (const stream of streams) await stream.advance();
  for (;;) {
    let next: Stream | undefined;
    for (const stream of streams) {
      if (stream.head && (!next?.head || compareShifted(stream.head, next.head) < 0)) next = stream;
    }
    if (!next?.head) return;
    yield next.head;
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
        // What another stream's end lets in by rounding.
      } while (stream.head && after && steps !== after.steps && compareShifted(stream.head, after) <= 0);
    },
  };
  return stream;
}

/** In its own stream the item itself is where to go on; in another, just before the same shifted distance. */
function startOf(steps: number, after: ShiftedItem): { distance: number; itemId: string } {
  if (steps === after.steps) return after;
  return { distance: shifted(after) - steps * STEP - ROUNDING, itemId: '' };
}
