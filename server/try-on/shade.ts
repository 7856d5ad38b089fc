/** Light and folds of the garment that is worn, as factors for the colours of the one that is drawn. */
import type { Image } from '../vision/contract.ts';
import { boxMean } from './refine.ts';

/** Keeps dark cloth from turning noise into stripes, in levels of 256. */
const DARK = 14;
const [LEAST, MOST] = [0.55, 1.45];

/**
 * Float32Array [height, width], about 1: brightness near a pixel by that of its surroundings, within the garment. Plain cloth
 * gives its folds as well, patterned cloth only its broad light, or its pattern would be seen through the new one.
 */
export function shadingOf(photo: Image, inside: Float32Array): Float32Array {
  const { width, height, data } = photo;
  const n = width * height;
  const size = Math.max(width, height);
  const luma = new Float32Array(n);
  for (let i = 0; i < n; i++)
    luma[i] = 0.299 * data[i * 3]! + 0.587 * data[i * 3 + 1]! + 0.114 * data[i * 3 + 2]!;
  const mean = (r: number) => {
    const weighted = boxMean(
      luma.map((value, i) => value * inside[i]!),
      width,
      height,
      r,
    );
    const weights = boxMean(inside, width, height, r);
    return weighted.map((value, i) => (weights[i]! > 1e-4 ? value / weights[i]! : luma[i]!));
  };
  const coarse = mean(Math.max(2, Math.round(size * 0.035)));
  const wide = mean(Math.round(size * 0.1));
  const broad = mean(Math.round(size * 0.35));
  const fine = mean(1);
  let [busy, area] = [0, 0];
  for (let i = 0; i < n; i++) {
    if (inside[i]! < 0.9) continue;
    area++;
    busy += Math.abs(luma[i]! - coarse[i]!) / (coarse[i]! + 30);
  }
  // About .04 for plain cloth, above .12 for a print.
  const folds = Math.min(1, Math.max(0, (0.11 - busy / Math.max(1, area)) / 0.06));
  const shade = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const near = wide[i]! + (0.5 * (coarse[i]! + fine[i]!) - wide[i]!) * folds;
    shade[i] = Math.min(MOST, Math.max(LEAST, (near + DARK) / (broad[i]! + DARK)));
  }
  return shade;
}
