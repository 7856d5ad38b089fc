/** What the eye would find wrong with a garment as it was cut out, by its colours and by how far its outline is from the one found. */
import type { Image, Mask, Point } from '../vision/contract.ts';
import { maskBounds } from '../vision/masks/bounds.ts';
import { coverOf } from './compose.ts';
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

/** Probabilities between these are neither. */
const UNSURE = { from: 0.1, to: 0.9 };

/** Pixels of a view that may or may not be the garment's, by the length of its outline: few where the network sees an edge. */
export function unsureOf({ mask: { width, data }, inside }: Pick<View, 'mask' | 'inside'>): number {
  let [unsure, length] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    if (inside[i]! > UNSURE.from && inside[i]! < UNSURE.to) unsure++;
    if (data[i] === 0) continue;
    const isInner = data[i + 1] === 1 && data[i - 1] === 1 && data[i + width] === 1 && data[i - width] === 1;
    if (!isInner) length++;
  }
  return unsure / Math.max(1, length);
}

/** Pixels of a view from its outline to what is surely within. */
const DEEP = 3;
/** Below, a pixel has the colour of what is around the garment. */
const LEAST_ALIKE = 0.3;

export interface Flaws {
  /** Share of it that has the colour of what is around: the floor between the legs, a sheet seen through an open belt. */
  readonly foreign: number;
  /** The same of its top, up to the outline: a hanger, or what is seen through an open waistband. */
  readonly top: number;
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
    top: topOf(mask, alike),
    foreign: foreign / Math.max(1, sums[0][3]! + sums[1][3]!),
    halves: Math.hypot(...[0, 1, 2].map((c) => left![c]! - right![c]!)),
  };
}

/** Of the garment's height. */
const TOP = 0.12;
/** Below, a pixel of the top has a colour that the garment has less of than what is around. */
const LEAST_ALIKE_TOP = 0.5;

function topOf(mask: Mask, alike: Float32Array): number {
  const { y1, y2 } = maskBounds(mask);
  const end = Math.ceil(y1 + TOP * (y2 - y1)) * mask.width;
  let [foreign, all] = [0, 0];
  for (let i = y1 * mask.width; i < end; i++) {
    if (mask.data[i] === 0) continue;
    all++;
    if (alike[i]! < LEAST_ALIKE_TOP) foreign++;
  }
  return foreign / Math.max(1, all);
}

/** Rows of a view below where what is drawn begins: the first and the last whose colour is looked at. */
const FIRST = { from: 1, to: 4 };
/** Of the view's height, how far below the waist's lower end it may begin: lower is a hand or a bag in front. */
const NEAR_WAIST = 0.06;
/** Columns of which fewer tell nothing. */
const LEAST_COLUMNS = 5;

/**
 * Share of the waist's columns in which what is drawn begins on another colour than the worn garment's: a belt or a shirt that is drawn
 * over in part, which looks torn.
 */
export function tornAt(
  { alike, mask: { width, height } }: Pick<View, 'alike' | 'mask'>,
  drawn: Float32Array,
  waist: readonly [Point, Point],
): number {
  const [x1, x2] = waist.map(([x]) => x) as [number, number];
  const lowest = Math.min(height - FIRST.to - 1, Math.max(waist[0][1], waist[1][1]) + NEAR_WAIST * height);
  let [torn, columns] = [0, 0];
  for (let x = Math.max(0, Math.ceil(x1)); x <= Math.min(width - 1, x2); x++) {
    let y = 0;
    while (y <= lowest && coverOf(drawn[y * width + x]!) <= 0.5) y++;
    if (y > lowest) continue;
    columns++;
    let sum = 0;
    for (let row = y + FIRST.from; row <= y + FIRST.to; row++) sum += alike[row * width + x]!;
    if (sum < LEAST_ALIKE * (FIRST.to - FIRST.from + 1)) torn++;
  }
  return columns < LEAST_COLUMNS ? 0 : torn / columns;
}

/** Of the garment's height: its waist, and the cloth below it with which that is compared. */
const WAIST = { from: 0, to: 0.1 };
const BELOW = { from: 0.15, to: 0.5 };
/** By how many times brightness varies more at the waist, and by how many levels of 256 it changes there over two pixels. */
const CLUTTER = { ratio: 1.8, change: 15 };

/** Whether the waist shows more than a waistband: a hanger, or the inside of its back. */
export function isWaistCluttered({ image, mask }: Pick<View, 'image' | 'mask'>): boolean {
  const waist = unrest(image, mask, WAIST);
  return waist.change > CLUTTER.change && waist.spread > CLUTTER.ratio * unrest(image, mask, BELOW).spread;
}

/** Standard deviation of brightness between two heights of a garment, and its mean change from row to row but one. */
function unrest({ data }: Image, mask: Mask, { from, to }: { from: number; to: number }) {
  const { y1, y2 } = maskBounds(mask);
  const { width } = mask;
  const brightness = (i: number) => 0.3 * data[i * 3]! + 0.59 * data[i * 3 + 1]! + 0.11 * data[i * 3 + 2]!;
  let [sum, squares, count, change, inner] = [0, 0, 0, 0, 0];
  const end = Math.round(y1 + to * (y2 - y1)) * width;
  for (let i = Math.round(y1 + from * (y2 - y1)) * width; i < end; i++) {
    if (mask.data[i] === 0) continue;
    const value = brightness(i);
    sum += value;
    squares += value * value;
    count++;
    if (mask.data[i - width] !== 1 || mask.data[i + width] !== 1) continue;
    change += Math.abs(brightness(i + width) - brightness(i - width));
    inner++;
  }
  const mean = sum / Math.max(1, count);
  return {
    spread: Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean)),
    change: change / Math.max(1, inner),
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
