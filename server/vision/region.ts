/** A region that a person drew around a garment: the parser looks closer at it, but need not find anything. */
import { boxIou, wholePixels } from './boxes.ts';
import type { Box, Image, Mask, Point } from './contract.ts';
import { resizeRegion } from './image.ts';
import { emptyMask } from './masks/masks.ts';
import { polygonMask } from './masks/polygon.ts';
import { type FoundGarment, moveLandmarks } from './parser.ts';

/** Margin added on each side, relative to the region: the parser has learnt to see garments in their surroundings. */
const PADDING = 0.25;
/** The raw score from which a detection counts here: that there is a garment has been said. */
export const REGION_THRESHOLD = 0.1;
/** A detection with a lower overlap is another garment. */
const LEAST_IOU = 0.5;

/** The garment in a region. Category null and score 0 if the parser finds none and only the drawn region is known. */
export interface RegionGarment extends Omit<FoundGarment, 'category'> {
  readonly category: FoundGarment['category'] | null;
}

/**
 * `find` is the parser; `box` is inside the image and surrounds the outline, if there is one. Results refer to the whole
 * image.
 */
export async function findInRegion(
  find: (image: Image) => Promise<FoundGarment[]>,
  image: Image,
  box: Box,
  outline?: readonly Point[],
): Promise<RegionGarment> {
  const around = paddedBox(box, image);
  const [left, top, right, bottom] = around;
  const found = await find(await resizeRegion(image, around, right - left, bottom - top));
  const placed = found.map(({ box: [x1, y1, x2, y2], ...garment }) => ({
    ...garment,
    box: [x1 + left, y1 + top, x2 + left, y2 + top] as const,
    landmarks: moveLandmarks(garment.landmarks, { left, top }),
  }));
  const [best] = placed.sort((a, b) => boxIou(b.box, box) - boxIou(a.box, box));
  if (best && boxIou(best.box, box) >= LEAST_IOU) {
    if (outline) return { ...best, box, mask: polygonMask(outline, image) };
    return { ...best, mask: placeMask(best.mask, left, top, image) };
  }
  const mask = outline ? polygonMask(outline, image) : ellipse(box, image);
  return { category: null, score: 0, box, mask };
}

/** Whole pixels inside the image. */
export function paddedBox([x1, y1, x2, y2]: Box, { width, height }: Image): Box {
  const [x, y] = [(x2 - x1) * PADDING, (y2 - y1) * PADDING];
  return wholePixels([x1 - x, y1 - y, x2 + x, y2 + y], width, height);
}

/** A mask of a part of the image, placed in the whole image. */
function placeMask(part: Mask, left: number, top: number, { width, height }: Image): Mask {
  const mask = emptyMask(width, height);
  for (let y = 0; y < part.height; y++) {
    mask.data.set(part.data.subarray(y * part.width, (y + 1) * part.width), (top + y) * width + left);
  }
  return mask;
}

/** The ellipse inscribed in a box: pixels whose centres lie in it, and at least the one in the middle. */
export function ellipse([x1, y1, x2, y2]: Box, { width, height }: Image): Mask {
  const mask = emptyMask(width, height);
  const [cx, cy, rx, ry] = [(x1 + x2) / 2, (y1 + y2) / 2, (x2 - x1) / 2, (y2 - y1) / 2];
  const [left, top, right, bottom] = wholePixels([x1, y1, x2, y2], width, height);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if (((x + 0.5 - cx) / rx) ** 2 + ((y + 0.5 - cy) / ry) ** 2 <= 1) mask.data[y * width + x] = 1;
    }
  }
  mask.data[Math.min(Math.floor(cy), height - 1) * width + Math.min(Math.floor(cx), width - 1)] = 1;
  return mask;
}
