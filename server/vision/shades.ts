/** The colours of a garment as its pixels show them. */
import { type Lab, nearestColour, toLab } from '../vocabulary/palette.ts';
import type { ColourName } from '../vocabulary/taxonomy.ts';
import type { Image, Mask, Shade } from './contract.ts';
import { type Bounds, maskBounds } from './masks/bounds.ts';

/** Enough for shares to within two hundredths, at a millisecond for a garment. */
const SAMPLES = 2000;
const MOST_SHADES = 3;
const LEAST_SHARE = 0.1;

interface Sum {
  count: number;
  lab: [number, number, number];
}

/**
 * Each pixel of a sample under the mask votes for the nearest of the 13 colours. Returns the leading colours, largest
 * first, each with the mean of its pixels; empty where the mask is.
 */
export function shadesUnder(image: Image, mask: Mask): Shade[] {
  const sums = new Map<ColourName, Sum>();
  let total = 0;
  for (const at of samplePixels(mask)) {
    const [red, green, blue] = [image.data[at * 3]!, image.data[at * 3 + 1]!, image.data[at * 3 + 2]!];
    const lab = toLab(red, green, blue);
    const colour = nearestColour(lab);
    const sum = sums.get(colour) ?? { count: 0, lab: [0, 0, 0] };
    sums.set(colour, sum);
    sum.count += 1;
    lab.forEach((value, i) => {
      sum.lab[i]! += value;
    });
    total += 1;
  }
  return [...sums]
    .sort(([, a], [, b]) => b.count - a.count)
    .slice(0, MOST_SHADES)
    .map(([colour, { count, lab }]) => ({
      colour,
      share: Math.round((100 * count) / total) / 100,
      lab: lab.map((sum) => Math.round((10 * sum) / count) / 10) as unknown as Lab,
    }))
    .filter(({ share }, i) => i === 0 || share >= LEAST_SHARE);
}

/** Positions of pixels under the mask, on a grid as dense as SAMPLES allows for a mask that fills its bounds. */
function samplePixels(mask: Mask): number[] {
  const bounds = maskBounds(mask);
  const { x1, y1, x2, y2 } = bounds;
  const step = Math.max(1, Math.floor(Math.sqrt(((x2 - x1) * (y2 - y1)) / SAMPLES)));
  const found = onGrid(mask, bounds, step);
  // What is thinner than the grid may slip through it.
  return found.length > 0 ? found : onGrid(mask, bounds, 1);
}

function onGrid({ width, data }: Mask, { x1, y1, x2, y2 }: Bounds, step: number): number[] {
  const found = [];
  for (let y = y1 + ((step - 1) >> 1); y < y2; y += step) {
    for (let x = x1 + ((step - 1) >> 1); x < x2; x += step) {
      if (data[y * width + x] !== 0) found.push(y * width + x);
    }
  }
  return found;
}
