/**
 * COCO's compressed run lengths, as pycocotools writes and reads them (cocodataset/cocoapi, common/maskApi.c:
 * rleEncode, rleToString, rleFrString): runs of 0 and 1 in turn, column by column, the first of 0; from the fourth run
 * on the difference to the run before last is written, in groups of five bits, lowest first, as printable characters.
 */
import { maskBounds } from './bounds.ts';
import type { Mask } from './contract.ts';

/** The string that `pycocotools.mask.encode` gives as `counts` for a mask of this size. */
export function rleEncode(mask: Mask): string {
  return toText(runs(mask));
}

/** The mask of an RLE string; throws RangeError where the string does not describe `width` × `height` pixels. */
export function rleDecode(rle: string, width: number, height: number): Mask {
  const counts = fromText(rle, width * height);
  const data = new Uint8Array(width * height);
  let at = 0;
  counts.forEach((count, i) => {
    if (i % 2 === 1) fillRun(data, width, height, at, at + count);
    at += count;
  });
  return { width, height, data };
}

/** Pixels under the mask, without decoding it. */
export function rleArea(rle: string): number {
  return fromText(rle).reduce((sum, count, i) => sum + (i % 2 === 1 ? count : 0), 0);
}

/** Sets the pixels from column-major position `from` to before `to`. */
function fillRun(data: Uint8Array, width: number, height: number, from: number, to: number): void {
  let x = Math.floor(from / height);
  let y = from - x * height;
  for (let at = from; at < to; at++) {
    data[y * width + x] = 1;
    if (++y === height) {
      y = 0;
      x++;
    }
  }
}

/** Run lengths in column-major order; walks only the columns and rows that hold the mask. */
function runs(mask: Mask): number[] {
  const { width, height, data } = mask;
  const counts: number[] = [];
  const { x1, y1, x2, y2 } = maskBounds(mask);
  const unbroken = y1 === 0 && y2 === height;
  let value = 0;
  let start = 0;
  const turn = (at: number) => {
    counts.push(at - start);
    start = at;
    value = 1 - value;
  };
  for (let x = x1; x < x2; x++) {
    for (let y = y1, at = y1 * width + x; y < y2; y++, at += width) {
      if (data[at] !== value) turn(x * height + y);
    }
    // What lies between the bounds of this column and the next is 0.
    if (value === 1 && !unbroken) turn(x * height + y2);
  }
  if (value === 1) turn(x2 * height);
  // The run of 0 after the last set pixel, if there is one.
  if (start < width * height) counts.push(width * height - start);
  return counts;
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
