/** Where in the image a mask has pixels: what lets the other functions skip the rest. */
import type { Mask } from './contract.ts';

/** Whole pixels, x2 and y2 exclusive; all 0 where the mask is empty. */
export interface Bounds {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** The smallest bounds around the mask's pixels. Searches row by row with the engine's own fast search. */
export function maskBounds({ width, data }: Mask): Bounds {
  const first = data.indexOf(1);
  if (first < 0) return { x1: 0, y1: 0, x2: 0, y2: 0 };
  const y1 = Math.floor(first / width);
  const y2 = Math.floor(data.lastIndexOf(1) / width) + 1;
  let x1 = width;
  let x2 = 0;
  for (let y = y1; y < y2; y++) {
    const row = data.subarray(y * width, (y + 1) * width);
    const left = row.indexOf(1);
    if (left < 0) continue;
    x1 = Math.min(x1, left);
    x2 = Math.max(x2, row.lastIndexOf(1) + 1);
  }
  return { x1, y1, x2, y2 };
}
