/** The rim of the worn garment: pixels that show both its cloth and what is behind it, and how much of each. */

import type { Image } from '../vision/contract.ts';
import { maskWhere, sample, spreadInside } from './pixels.ts';
import { boxMean } from './refine.ts';
import type { View } from './view.ts';

/** Pixels of a view to either side of the outline. */
const REACH = 2;

/** Where a pixel may show both. Uint8Array [height, width]. */
export function edgeOf(drawn: Float32Array, front: Uint8Array, width: number, height: number): Uint8Array {
  const near = boxMean(drawn, width, height, REACH);
  const before = boxMean(new Float32Array(front), width, height, REACH);
  return maskWhere(near, (share, i) => share > 0.01 && share < 0.995 && before[i] === 0);
}

/** The view with what is not surely its garment replaced by the garment's nearest colours. */
export function clothColours({ image, inside }: View, drawn: Float32Array): Image {
  const { width, height } = image;
  const near = boxMean(drawn, width, height, REACH);
  return spreadInside(
    image,
    maskWhere(near, (share, i) => share > 0.97 && inside[i]! > 0.9),
  );
}

/** Squared distances of two colours, in levels of 256: below the first they cannot be told apart, above the second they surely can. */
const [ALIKE, UNLIKE] = [30 * 30, 70 * 70];

export function smooth(value: number, from: number, to: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

const cloth = { r: 0, g: 0, b: 0 };

/**
 * How much of a pixel is the garment's, by where its colour lies between those of the cloth and of what is `behind`; `cover` is what
 * its probability says, and decides where the two colours are alike.
 */
export function shareOf(
  pixel: { r: number; g: number; b: number },
  behind: { r: number; g: number; b: number },
  worn: Image,
  [u, v]: readonly [number, number],
  probability: number,
  cover: number,
): number {
  sample(worn, u, v, cloth);
  const [r, g, b] = [cloth.r - behind.r, cloth.g - behind.g, cloth.b - behind.b];
  const apart = r * r + g * g + b * b;
  if (apart <= ALIKE) return cover;
  const along = (pixel.r - behind.r) * r + (pixel.g - behind.g) * g + (pixel.b - behind.b) * b;
  const least = smooth(probability, 0.45, 0.95);
  const most = smooth(probability, 0.01, 0.25);
  const share = Math.min(most, Math.max(least, along / apart));
  return cover + (share - cover) * smooth(apart, ALIKE, UNLIKE);
}
