/**
 * What is still to be seen of the worn garment around the one that is drawn: pixels of its colour, near its outline, that are not
 * covered. They are painted with the colours beyond them.
 */
import type { Image, Mask } from '../vision/contract.ts';
import { coverOf } from './compose.ts';
import { maskWhere, shrinkImage, spreadInside } from './pixels.ts';
import { boxMean } from './refine.ts';
import type { View, Worn } from './view.ts';

export interface Remainder {
  /** How much of a pixel is painted over. Float32Array [height, width]. */
  readonly share: Float32Array;
  /** By the worn garment's area. */
  readonly area: number;
}

/** How sure it must be that a colour is the worn garment's and not its surroundings'. */
const LEAST_ALIKE = 0.75;

/** `cover` is how much of each pixel is drawn over, `front` what stands before the garment; both of the view's size. */
export function findRemainder(
  { image: { width, height }, found, alike }: View,
  cover: Float32Array,
  front: Uint8Array,
): Remainder {
  const deep = deepIn(found);
  let [sum, garment] = [0, 0];
  for (let i = 0; i < cover.length; i++) {
    garment += found.data[i]!;
    if (front[i] === 1) continue;
    // Where the parser is sure it counts whatever its colour: cloth of two colours, one of which was lost.
    if (alike[i]! >= LEAST_ALIKE || deep[i] === 1) sum += 1 - cover[i]!;
  }
  return { share: rimOver(cover, front, width, height), area: sum / Math.max(1, garment) };
}

/** Pixels of a view around what is drawn that are painted over: blurred by the camera, they show some of the worn garment. */
const RIM = 2;

/** How much of each pixel is painted over: all that is drawn over and a rim around it, but nothing in front. */
function rimOver(cover: Float32Array, front: Uint8Array, width: number, height: number): Float32Array {
  const near = boxMean(cover, width, height, RIM);
  return near.map((share, i) => (front[i] === 1 ? 0 : smooth(share, 0, 0.3)));
}

/** The parser's outline may be off by this share of the long side. */
const OFF = 0.02;

/** Which pixels of a mask lie farther from its outline than that may be off. Uint8Array [height, width]. */
function deepIn({ width, height, data }: Mask): Uint8Array {
  const reach = Math.max(1, Math.round(OFF * Math.max(width, height)));
  const mean = boxMean(new Float32Array(data), width, height, reach);
  return maskWhere(mean, (share) => share > 0.99);
}

/** 0 to 1 between two values, without a corner. */
function smooth(value: number, from: number, to: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** The view with what is not surely its garment replaced by the garment's nearest colours. */
export function clothColours({ image, inside }: View, drawn: Float32Array): Image {
  const near = boxMean(drawn, image.width, image.height, RIM);
  return spreadInside(
    image,
    maskWhere(near, (share, i) => share > 0.97 && inside[i]! > 0.9),
  );
}

/** Pixels beyond the outline that may show some of the garment. */
const BLUR = 3;

/** Pixels up to which the top of the gap between legs takes the colours seen farther down in it, not those beside the garment. */
const GAP = 24;

/** The view with the worn garment and what is around it replaced by the colours beyond: those nearest, smoother farther away. */
export function surroundings({ image }: View, cover: Float32Array): Image {
  const { width, height } = image;
  const near = boxMean(cover, width, height, BLUR);
  return spreadInside(
    image,
    maskWhere(near, (at) => at < 1e-3),
    GAP,
  );
}

/** Pixels of a view around what is drawn in which the worn cloth would be seen. */
const RING = 6;
/** Squares of the distance of two colours, in levels: nearer, what is left is not seen. */
const SEEN = 45 * 45;

/**
 * Pixels around the drawn garment that are still nearer to the worn one's colour than to that of its surroundings, by the length of
 * the drawn one's outline: measured in the finished preview.
 */
export function leftIn(preview: Image, { view, drawn, front, cloth, around }: Worn): number {
  const { width, height } = view.image;
  const covered = drawn.map((probability) => (coverOf(probability) > 0.5 ? 1 : 0));
  const near = boxMean(covered, width, height, RING);
  const rim = boxMean(covered, width, height, 1);
  const ring = maskWhere(near, (share, i) => share >= 0.02 && covered[i] === 0 && front[i] === 0);
  const { data } = shrinkImage(preview, view.box, width, height, ring);
  let [left, length] = [0, 0];
  for (let i = 0; i < covered.length; i++) {
    if (covered[i] === 1 && rim[i]! < 0.98) length++;
    if (ring[i] === 0) continue;
    let [apart, along] = [0, 0];
    for (let c = i * 3; c < i * 3 + 3; c++) {
      const way = cloth.data[c]! - around.data[c]!;
      apart += way * way;
      along += way * (data[c]! - around.data[c]!);
    }
    if (apart > SEEN && along > 0.55 * apart) left++;
  }
  return left / Math.max(1, length);
}
