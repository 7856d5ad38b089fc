/** How a garment is cut, as far as its outline tells: how wide it is from top to bottom. */
import type { Mask } from '../vision/contract.ts';
import { maskBounds } from '../vision/masks/bounds.ts';

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
