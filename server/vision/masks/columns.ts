/** A mask as the runs of its columns, from which RLE and outlines are made without looking at every pixel. */
import type { Mask } from '../contract.ts';
import { searchable, seeker } from './seek.ts';

/** For each column, from the left: the first row of each run of 1 and the row after its last, ascending. */
export type Columns = readonly (readonly number[])[];

/**
 * The columns of a mask. Pixels are read row by row, as they are stored: two neighbouring rows differ exactly where one
 * of them alone has a run, so only the ends of runs are looked at, and along an outline few columns change.
 */
export function maskColumns(mask: Mask): Columns {
  const { width } = mask;
  const bytes = searchable(mask);
  const nextSet = seeker(bytes, 1);
  const nextClear = seeker(bytes, 0);
  const columns = Array.from({ length: width }, (): number[] => []);
  const bottom = Math.ceil((bytes.lastIndexOf(1) + 1) / width);
  let above: number[] = [];
  for (let y = Math.floor(nextSet(0) / width); y <= bottom; y++) {
    const row = y < bottom ? rowEnds(nextSet, nextClear, y * width, width) : [];
    const ends = unshared(above, row);
    for (let i = 0; i < ends.length; i += 2) {
      for (let x = ends[i]!; x < ends[i + 1]!; x++) columns[x]!.push(y);
    }
    above = row;
  }
  return columns;
}

type Seek = ReturnType<typeof seeker>;

/** First columns of a row's runs of 1, each followed by the column after the run's last. */
function rowEnds(nextSet: Seek, nextClear: Seek, from: number, width: number): number[] {
  const to = from + width;
  const ends: number[] = [];
  for (let at = nextSet(from); at < to; at = nextSet(at)) {
    ends.push(at - from);
    at = Math.min(nextClear(at), to);
    ends.push(at - from);
    if (at === to) break;
  }
  return ends;
}

/**
 * The numbers that are in exactly one of two ascending lists: given the run ends of two rows, where the rows start and
 * stop differing.
 */
function unshared(a: readonly number[], b: readonly number[]): number[] {
  const found: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [left = Infinity, right = Infinity] = [a[i], b[j]];
    if (left === right) {
      i++;
      j++;
    } else if (left < right) {
      found.push(left);
      i++;
    } else {
      found.push(right);
      j++;
    }
  }
  return found;
}
