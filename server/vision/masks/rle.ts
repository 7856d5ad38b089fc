/**
 * COCO's compressed RLE, as in pycocotools (cocodataset/cocoapi, common/maskApi.c: rleEncode, rleToString,
 * rleFrString): alternating runs of 0 and 1, column by column, starting with 0. From the fourth run on, each is stored
 * as its difference to the run two before. Numbers are written in groups of five bits, lowest first, as printable
 * characters.
 */

import type { Mask } from '../contract.ts';
import { type Columns, maskColumns } from './columns.ts';

/** The string that `pycocotools.mask.encode` gives as `counts` for a mask of this size. */
export function rleEncode(mask: Mask): string {
  return toText(runs(mask));
}

/** The mask of an RLE string; throws RangeError if the string does not describe `width` × `height` pixels. */
export function rleDecode(rle: string, width: number, height: number): Mask {
  const data = new Uint8Array(width * height);
  rleColumns(rle, width, height).forEach((ends, x) => {
    for (let i = 0; i < ends.length; i += 2) {
      for (let y = ends[i]!; y < ends[i + 1]!; y++) data[y * width + x] = 1;
    }
  });
  return { width, height, data };
}

/** The columns of an RLE string's mask, without its pixels; throws RangeError as `rleDecode` does. */
export function rleColumns(rle: string, width: number, height: number): Columns {
  const columns = Array.from({ length: width }, (): number[] => []);
  let at = 0;
  fromText(rle, width * height).forEach((count, i) => {
    const to = at + count;
    if (i % 2 === 1) {
      for (let from = at; from < to; ) {
        const x = Math.floor(from / height);
        const top = x * height;
        const end = Math.min(to, top + height);
        const ends = columns[x]!;
        // Other writers may emit an empty run of 0; it does not separate its neighbours.
        if (ends.at(-1) === from - top) ends.pop();
        else ends.push(from - top);
        ends.push(end - top);
        from = end;
      }
    }
    at = to;
  });
  return columns;
}

/** Area of the mask in pixels, without decoding it. */
export function rleArea(rle: string): number {
  return fromText(rle).reduce((sum, count, i) => sum + (i % 2 === 1 ? count : 0), 0);
}

/** Run lengths in column-major order. */
function runs(mask: Mask): number[] {
  const { width, height } = mask;
  const counts: number[] = [];
  let start = 0;
  for (const at of changes(mask)) {
    counts.push(at - start);
    start = at;
  }
  // The run of 0 after the last set pixel, if any.
  if (start < width * height) counts.push(width * height - start);
  return counts;
}

/** The column-major positions where the value changes, starting from 0. */
function changes(mask: Mask): number[] {
  const positions: number[] = [];
  maskColumns(mask).forEach((ends, x) => {
    for (const y of ends) {
      const at = x * mask.height + y;
      // A column that ends with 1 followed by one that starts with 1: a single run.
      if (positions.at(-1) === at) positions.pop();
      else positions.push(at);
    }
  });
  return positions;
}

function toText(counts: readonly number[]): string {
  const codes: number[] = [];
  counts.forEach((count, i) => {
    let rest = i > 2 ? count - counts[i - 2]! : count;
    for (let more = true; more; ) {
      let group = rest & 0x1f;
      rest >>= 5;
      more = group & 0x10 ? rest !== -1 : rest !== 0;
      if (more) group |= 0x20;
      codes.push(group + 48);
    }
  });
  return Buffer.from(codes).toString('latin1');
}

function fromText(rle: string, pixels?: number): number[] {
  const counts: number[] = [];
  let sum = 0;
  for (let at = 0; at < rle.length; ) {
    let count = 0;
    let group = 0;
    let shift = 0;
    do {
      group = rle.charCodeAt(at++) - 48;
      if (!(group >= 0 && group < 64) || shift > 30)
        throw new RangeError('the mask is no COCO run-length string');
      count |= (group & 0x1f) << shift;
      shift += 5;
    } while (group & 0x20);
    if (group & 0x10 && shift < 32) count |= -1 << shift;
    if (counts.length > 2) count += counts[counts.length - 2]!;
    if (count < 0) throw new RangeError('the mask has a run of negative length');
    counts.push(count);
    sum += count;
  }
  if (pixels !== undefined && sum !== pixels) {
    throw new RangeError(`the mask's runs cover ${sum} pixels, not ${pixels}`);
  }
  return counts;
}
