/** What the eye would find wrong with a garment as it was cut out, by its colours and by how far its outline was moved. */
import type { Mask } from '../vision/contract.ts';
import { maskBounds } from '../vision/masks/bounds.ts';
import { boxMean } from './refine.ts';
import type { View } from './view.ts';

/** Bands from top to bottom in which outlines are compared. */
const BANDS = 16;

export interface Moved {
  /** Share of the garment found that is not within the moved outline: in the lowest band, and in the worst of the others. */
  readonly hem: number;
  readonly above: number;
  /** What the moved outline adds to the highest band, by what was found there. */
  readonly top: number;
}

/**
 * What the parser takes for the garment and the outline leaves out (a cuff turned up, a leg in the shadow), and what it adds at the
 * top (a hanger, the inside of a waistband). `front` stands before it.
 */
export function movedOf({ found, mask }: Pick<View, 'found' | 'mask'>, front?: Uint8Array): Moved {
  const { y1, y2 } = maskBounds(found);
  const { width } = found;
  const [lost, all] = [new Float64Array(BANDS), new Float64Array(BANDS)];
  let added = 0;
  for (let y = y1; y < y2; y++) {
    const band = Math.floor(((y - y1) * BANDS) / (y2 - y1));
    for (let i = y * width; i < (y + 1) * width; i++) {
      if (found.data[i] === 0) {
        if (band === 0) added += mask.data[i]!;
        continue;
      }
      all[band] = all[band]! + 1;
      if (mask.data[i] === 0 && front?.[i] !== 1) lost[band] = lost[band]! + 1;
    }
  }
  const shares = lost.map((count, band) => count / Math.max(1, all[band]!));
  for (let i = 0; i < y1 * width; i++) added += mask.data[i]!;
  return {
    hem: shares[BANDS - 1]!,
    above: Math.max(...shares.subarray(0, BANDS - 1)),
    top: added / Math.max(1, all[0]!),
  };
}

/** Pixels of a view from its outline to what is surely within. */
const DEEP = 3;
/** Below, a pixel has the colour of what is around the garment. */
const LEAST_ALIKE = 0.3;

export interface Flaws {
  /** Share of it that has the colour of what is around: the floor between the legs, a sheet seen through an open belt. */
  readonly foreign: number;
  /** Distance of the mean colours of its left and its right half, in levels of 256: two colours, or uneven light. */
  readonly halves: number;
}

/** What lies well within the garment's outline. */
export function flawsOf({ image, mask, alike }: Pick<View, 'image' | 'mask' | 'alike'>): Flaws {
  const { width, height } = mask;
  const deep = boxMean(new Float32Array(mask.data), width, height, DEEP);
  const middle = middleOf(mask);
  const sums = [new Float64Array(4), new Float64Array(4)] as const;
  let foreign = 0;
  for (let i = 0; i < deep.length; i++) {
    if (deep[i]! < 0.99) continue;
    if (alike[i]! < LEAST_ALIKE) foreign++;
    const half = sums[i % width < middle ? 0 : 1];
    for (let c = 0; c < 3; c++) half[c] = half[c]! + image.data[i * 3 + c]!;
    half[3] = half[3]! + 1;
  }
  const [left, right] = sums.map((sum) => sum.map((value) => value / Math.max(1, sum[3]!)));
  return {
    foreign: foreign / Math.max(1, sums[0][3]! + sums[1][3]!),
    halves: Math.hypot(...[0, 1, 2].map((c) => left![c]! - right![c]!)),
  };
}

/** The mean column. */
function middleOf({ width, data }: Mask): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0) continue;
    sum += i % width;
    count++;
  }
  return sum / Math.max(1, count);
}
