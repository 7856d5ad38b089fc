/** A garment cut out of its picture: the size on which outlines are looked for, and the outline that the outline network sees. */
import type { Box, Image, Mask } from '../vision/contract.ts';
import { maskBounds } from '../vision/masks/bounds.ts';
import { type Anchors, findAnchors, kindOf } from './anchors.ts';
import { outlineOf } from './geometry.ts';
import { shrinkImage, shrinkMask } from './pixels.ts';
import { guidedFilter, largestPiece, likeness } from './refine.ts';

/** The long side on which outlines are looked for. */
export const WORK_SIDE = 256;
/** An outline is smoothed over this share of the long side. */
export const SMOOTHING = 0.022;
/** Around a garment, as a share of its size. */
const MARGIN = 0.1;

/** A garment on its own, at the size on which it is worked. */
export interface View {
  readonly box: Box;
  readonly image: Image;
  /** As it was found. */
  readonly found: Mask;
  /** Probability of each pixel being the garment's by the outline network, and by its colour alone: refine.ts. */
  readonly inside: Float32Array;
  readonly alike: Float32Array;
  readonly mask: Mask;
  /** IoU of the two masks. */
  readonly agreement: number;
}

/** A worn garment, ready to be drawn over with one item after the other. */
export interface Worn {
  readonly photo: Image;
  readonly view: View;
  readonly anchors: Anchors;
  /** All at the view's size: what stands before it; probability of each pixel being its own, and in front. */
  readonly front: Uint8Array;
  readonly drawn: Float32Array;
  /** How much of a pixel is painted over with `around`, where the worn garment would be left: remainder.ts. */
  readonly rest: Float32Array;
  readonly around: Image;
  /** Its own colours, continued beyond its outline. */
  readonly cloth: Image;
  /** Its light: shade.ts. */
  readonly shade: Float32Array;
  /** By how much of its height its hems were lowered to be even: trim.ts. */
  readonly lowered: number;
  /** How much its brightness differs from place to place, in levels of 256: verdict.ts. */
  readonly patchiness: number;
}

export interface Shown {
  readonly view: View;
  readonly anchors: Anchors;
  /** The view on whole pixels of its picture, and at half its size, with the cloth's colours continued beyond its outline. */
  readonly cloth: Image;
  readonly halfCloth: Image;
  /** Of its cloth: shade.ts. */
  readonly contrast: number;
  /** Its mean, in levels of 256: verdict.ts. */
  readonly brightness: number;
}

/** A garment cut out of its picture, at the size on which its outline is looked for. */
export interface Cut {
  readonly box: Box;
  readonly image: Image;
  /** As the parser found it, and the other garments. */
  readonly found: Mask;
  readonly others: Mask;
}

/** The garment with a margin around it. */
export function cutOf(image: Image, mask: Mask, others: readonly Mask[] = []): Cut {
  const coarse = image.width / mask.width;
  const [x1, y1, x2, y2] = scaleBox(boundsBox(mask), coarse);
  const margin = MARGIN * Math.max(x2 - x1, y2 - y1);
  const box: Box = [
    Math.max(0, x1 - margin),
    Math.max(0, y1 - margin),
    Math.min(image.width, x2 + margin),
    Math.min(image.height, y2 + margin),
  ];
  const [w, h] = [box[2] - box[0], box[3] - box[1]];
  const scale = Math.min(WORK_SIDE / Math.max(w, h), 2);
  const [width, height] = [Math.max(16, Math.round(w * scale)), Math.max(16, Math.round(h * scale))];
  const small = shrinkImage(image, box, width, height);
  const found = shrinkMask(mask, scaleBox(box, 1 / coarse), width, height);
  const beside = new Uint8Array(width * height);
  for (const other of others) {
    const { data } = shrinkMask(other, scaleBox(box, other.width / image.width), width, height);
    for (let i = 0; i < beside.length; i++) beside[i] = beside[i]! | data[i]!;
  }
  return { box, image: small, found, others: { width, height, data: beside } };
}

/** Pixels over which the outline network's probabilities follow the picture's edges, and the contrast that counts as one. */
const FILTER = { radius: 3, softness: 40 };

/** The cut with the outline that the outline network sees: `fine` are its probabilities, Float32Array [height, width]. */
export function viewOf({ box, image, found }: Cut, fine: Float32Array): View {
  const { width, height } = image;
  const { x1, y1, x2, y2 } = maskBounds(found);
  // About two thirds of one of the 28 cells that the parser's mask had.
  const reach = (0.7 * Math.max(x2 - x1, y2 - y1)) / 28;
  const alike = likeness(image, found, reach);
  const inside = guidedFilter(image, fine, FILTER.radius, FILTER.softness);
  const mask = largestPiece(inside, width, height);
  return { box, image, found, inside, alike, mask, agreement: iou(mask, found) };
}

function boundsBox(mask: Mask): Box {
  const { x1, y1, x2, y2 } = maskBounds(mask);
  return [x1, y1, x2, y2];
}

function scaleBox([x1, y1, x2, y2]: Box, by: number): Box {
  return [x1 * by, y1 * by, x2 * by, y2 * by];
}

export function anchorsOf(view: View, category: number | null): Anchors | null {
  const kind = kindOf(category);
  if (!kind) return null;
  return findAnchors(kind, outlineOf(view.mask, Math.max(view.image.width, view.image.height) * SMOOTHING));
}

function iou(a: Mask, b: Mask): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < a.data.length; i++) {
    both += a.data[i]! & b.data[i]!;
    either += a.data[i]! | b.data[i]!;
  }
  return either === 0 ? 0 : both / either;
}
