/** Pure functions on masks: one byte per pixel, 0 or 1, row by row, at the image's size. */

import type { Box, Mask } from '../contract.ts';
import { maskBounds } from './bounds.ts';

export { rleToPath } from './outline.ts';
export { rleArea, rleDecode, rleEncode } from './rle.ts';

/** Rows and columns of the parser's mask probabilities. */
export const MASK_SIDE = 28;

export function emptyMask(width: number, height: number): Mask {
  return { width, height, data: new Uint8Array(width * height) };
}

export function fullMask(width: number, height: number): Mask {
  return { width, height, data: new Uint8Array(width * height).fill(1) };
}

/** Area of the mask in pixels. */
export function maskArea(mask: Mask): number {
  const { x1, y1, x2, y2 } = maskBounds(mask);
  let area = 0;
  for (let y = y1; y < y2; y++) {
    for (let at = y * mask.width + x1; at < y * mask.width + x2; at++) area += mask.data[at]!;
  }
  return area;
}

/**
 * Pastes mask probabilities, Float32Array [28, 28] over the inside of `box`, into a mask of the whole image: a pixel is
 * set if the probability interpolated at its centre is at least `threshold`. Outside the box it is 0, and the cells at
 * the edge fade to 0, as in torchvision's paste_masks_in_image.
 */
export function pasteMask(
  probabilities: Float32Array,
  box: Box,
  width: number,
  height: number,
  threshold: number,
): Mask {
  const mask = emptyMask(width, height);
  const columns = samples(box[0], box[2], width);
  const rows = samples(box[1], box[3], height);
  const starts = cellStarts(columns);
  const line = new Float32Array(MASK_SIDE + 2);
  for (let j = 0; j < rows.count; j++) {
    const above = (rows.cells[j]! - 1) * MASK_SIDE;
    const weight = rows.weights[j]!;
    for (let i = 0; i < MASK_SIDE; i++) {
      const upper = above < 0 ? 0 : probabilities[above + i]!;
      const lower = above + MASK_SIDE >= probabilities.length ? 0 : probabilities[above + MASK_SIDE + i]!;
      line[i + 1] = upper + (lower - upper) * weight;
    }
    const start = (rows.first + j) * width + columns.first;
    let filled = 0;
    for (let cell = 0; cell <= MASK_SIDE; cell++) {
      const left = line[cell]!;
      const right = line[cell + 1]!;
      // Interpolated values lie between those of the two cells, so a run of cells is set at once.
      if (left >= threshold && right >= threshold) continue;
      const from = starts[cell]!;
      const to = starts[cell + 1]!;
      if (filled < from) mask.data.fill(1, start + filled, start + from);
      filled = to;
      if (left < threshold && right < threshold) continue;
      for (let i = from; i < to; i++) {
        if (left + (right - left) * columns.weights[i]! >= threshold) mask.data[start + i] = 1;
      }
    }
    if (filled < columns.count) mask.data.fill(1, start + filled, start + columns.count);
  }
  return mask;
}

interface Samples {
  /** The first pixel whose centre lies inside the span, and the number of such pixels. */
  readonly first: number;
  readonly count: number;
  /** For each pixel, the cell before its centre, in a grid with one empty cell in front. */
  readonly cells: Uint8Array;
  /** For each pixel, the weight of the cell after. */
  readonly weights: Float32Array;
}

/** Where the centres of the pixels between `start` and `end` lie among 28 cells over that span. */
function samples(start: number, end: number, size: number): Samples {
  const first = Math.max(0, Math.ceil(start - 0.5));
  const count = Math.max(0, Math.min(size, Math.ceil(end - 0.5)) - first);
  const cells = new Uint8Array(count);
  const weights = new Float32Array(count);
  const scale = MASK_SIDE / (end - start);
  for (let i = 0; i < count; i++) {
    const at = Math.min(Math.max((first + i + 0.5 - start) * scale + 0.5, 0), MASK_SIDE + 0.999);
    cells[i] = Math.floor(at);
    weights[i] = at - cells[i]!;
  }
  return { first, count, cells, weights };
}

/** For each cell and the end, the first pixel that lies in or after it. */
function cellStarts({ count, cells }: Samples): Uint32Array {
  const starts = new Uint32Array(MASK_SIDE + 2).fill(count);
  let cell = 0;
  for (let i = 0; i < count; i++) {
    while (cell <= cells[i]!) starts[cell++] = i;
  }
  return starts;
}
