/** The bounds of a mask's pixels, so that other functions can skip the rest. */
import type { Mask } from '../contract.ts';
import { searchable, seeker } from './seek.ts';

/** Whole pixels; x2 and y2 are exclusive. All 0 if the mask is empty. */
export interface Bounds {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** The smallest bounds around the mask's pixels. */
export function maskBounds(mask: Mask): Bounds {
  const { width } = mask;
  const bytes = searchable(mask);
  const end = bytes.lastIndexOf(1) + 1;
  if (end === 0) return { x1: 0, y1: 0, x2: 0, y2: 0 };
  const nextSet = seeker(bytes, 1);
  const y1 = Math.floor(nextSet(0) / width);
  const y2 = Math.ceil(end / width);
  let x1 = width;
  let x2 = 0;
  for (let y = y1; y < y2; y++) {
    const row = y * width;
    const left = nextSet(row) - row;
    if (left >= width) continue;
    x1 = Math.min(x1, left);
    x2 = Math.max(x2, bytes.lastIndexOf(1, row + width - 1) - row + 1);
  }
  return { x1, y1, x2, y2 };
}
