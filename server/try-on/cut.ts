/** How a garment is cut, as far as its outline tells: how wide it is from top to bottom, and how wide its legs are. */
import type { Mask } from '../vision/contract.ts';
import { maskBounds } from '../vision/masks/bounds.ts';
import type { Anchors } from './anchors.ts';

/** Bands from top to bottom. */
const BANDS = 20;
/** Of them, those at either end, which a slanting waist or a wavy hem makes uneven. */
const ENDS = 2;

/** The cloth's width in each band, in heights of the garment. */
export function widthsOf(mask: Mask): Float64Array {
  const { y1, y2 } = maskBounds(mask);
  const height = Math.max(1, y2 - y1);
  const widths = new Float64Array(BANDS);
  for (let y = y1; y < y2; y++) {
    const band = Math.min(BANDS - 1, Math.floor(((y - y1) * BANDS) / height));
    let row = 0;
    for (let i = y * mask.width; i < (y + 1) * mask.width; i++) row += mask.data[i]!;
    widths[band] = widths[band]! + (row * BANDS) / height ** 2;
  }
  return widths;
}

/** By how much two garments differ in width where they differ most: the logarithm of the ratio. */
export function cutDifference(a: Mask, b: Mask): number {
  const [one, other] = [widthsOf(a), widthsOf(b)];
  let most = 0;
  for (let band = ENDS; band < BANDS - ENDS; band++) {
    most = Math.max(most, Math.abs(Math.log(Math.max(1e-6, one[band]!) / Math.max(1e-6, other[band]!))));
  }
  return most;
}

/** Heights at which legs are compared, from the top of the gap between them to their hems, and of that way the first and the last. */
const HEIGHTS = 20;
const [HIGHEST, LOWEST] = [0.08, 0.94];
/** Rows of pixels above and below a height over which a leg's width is taken. */
const ROWS = 2;
/** Of a garment's height: shorter legs, as of shorts, are as long as they happen to be worn. */
const LEAST_LEGS = 0.38;

export interface Outlined {
  readonly mask: Mask;
  readonly anchors: Anchors;
}

/**
 * By how much a worn garment's legs are wider, for their length, than an item's, where they are most: the logarithm of the ratio.
 * Null for what has no long legs. Lying flat, cloth shows all of its width: trousers of the same cut are below 0.
 */
export function legsWidened(worn: Outlined, item: Outlined): number | null {
  const [drawn, flat] = [legsOf(worn), legsOf(item)];
  if (!drawn || !flat || flat.share < LEAST_LEGS) return null;
  const ratios = drawn.widths.map((width, i) => Math.max(1e-3, width) / Math.max(1e-3, flat.widths[i]!));
  return Math.log(Math.max(...ratios));
}

/** The mean width of both legs at each height, in lengths of a leg, and that length by the garment's height. */
function legsOf({ mask, anchors: { outline, at } }: Outlined): { widths: number[]; share: number } | null {
  const yOf = (index: number | undefined) => outline[index!]![1];
  if (at.crotch === undefined) return null;
  const top = yOf(at.crotch);
  const hems = [at.hemLeft, at.hemInnerLeft, at.hemRight, at.hemInnerRight].map(yOf);
  const length = Math.max(1, hems.reduce((sum, y) => sum + y, 0) / hems.length - top);
  const { y1, y2 } = maskBounds(mask);
  const widths = Array.from({ length: HEIGHTS }, (_, i) => {
    const y = Math.round(top + length * (HIGHEST + ((LOWEST - HIGHEST) * i) / (HEIGHTS - 1)));
    const [from, to] = [Math.max(0, y - ROWS), Math.min(mask.height, y + ROWS + 1)];
    let cloth = 0;
    for (let at = from * mask.width; at < to * mask.width; at++) cloth += mask.data[at]!;
    return cloth / Math.max(1, to - from) / 2 / length;
  });
  return { widths, share: length / Math.max(1, y2 - y1) };
}
