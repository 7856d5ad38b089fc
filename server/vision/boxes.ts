/** Pure functions on boxes: x1, y1, x2, y2 in pixels. They are edges, not pixel indices, so the width is x2 − x1. */
import type { Box } from './contract.ts';

export function boxArea([x1, y1, x2, y2]: Box): number {
  return Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
}

/** Area of the intersection. */
export function sharedArea(a: Box, b: Box): number {
  return boxArea([Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])]);
}

/** Intersection over union, 0 to 1; 0 where both boxes are empty. */
export function boxIou(a: Box, b: Box): number {
  const shared = sharedArea(a, b);
  const union = boxArea(a) + boxArea(b) - shared;
  return union > 0 ? shared / union : 0;
}

export function scaleBox([x1, y1, x2, y2]: Box, x: number, y: number): Box {
  return [x1 * x, y1 * y, x2 * x, y2 * y];
}

/** The part of a box inside a `width` × `height` image. */
export function clipBox([x1, y1, x2, y2]: Box, width: number, height: number): Box {
  const clip = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  return [clip(x1, width), clip(y1, height), clip(x2, width), clip(y2, height)];
}

/**
 * The smallest box of whole pixels that contains a box, inside the image and at least 1 px wide and high: the area to
 * crop.
 */
export function wholePixels(box: Box, width: number, height: number): Box {
  const left = Math.min(Math.max(Math.floor(box[0]), 0), width - 1);
  const top = Math.min(Math.max(Math.floor(box[1]), 0), height - 1);
  const right = Math.max(Math.min(Math.ceil(box[2]), width), left + 1);
  const bottom = Math.max(Math.min(Math.ceil(box[3]), height), top + 1);
  return [left, top, right, bottom];
}

/**
 * Greedy non-maximum suppression across all categories, since one piece of cloth is not both a skirt and a dress: of
 * two boxes with an IoU above `limit`, only the one with the higher score stays. Best first.
 */
export function nms<T extends { readonly box: Box; readonly score: number }>(
  candidates: readonly T[],
  limit: number,
): T[] {
  const kept: T[] = [];
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => boxIou(other.box, candidate.box) <= limit)) kept.push(candidate);
  }
  return kept;
}
