/** A garment cut out of its picture: the size on which outlines are looked for, and the outline moved to where the colours change. */
import type { Box, Image, Mask, Pose } from '../vision/contract.ts';
import { maskBounds } from '../vision/masks/bounds.ts';
import { type Anchors, findAnchors, kindOf } from './anchors.ts';
import { outlineOf } from './geometry.ts';
import { sampleFloats, shrinkImage, shrinkMask } from './pixels.ts';
import { boxMean, largestPiece, refineMask } from './refine.ts';

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
  /** Probability of each pixel being the garment's, and by its colour alone: refine.ts. */
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
  /** Its own colours, continued beyond its outline, and where that runs (1) and nothing stands before it: edge.ts. */
  readonly cloth: Image;
  readonly edge: Uint8Array;
  /** Its light: shade.ts. */
  readonly shade: Float32Array;
}

export interface Shown {
  readonly view: View;
  readonly anchors: Anchors;
  /** The view on whole pixels of its picture, and at half its size, with the cloth's colours continued beyond its outline. */
  readonly cloth: Image;
  readonly halfCloth: Image;
  /** Of its cloth: shade.ts. */
  readonly contrast: number;
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

/** What tells the garment's outline beside its colours. */
export interface Hints {
  /** Probability of each pixel of the cut being the garment's, by the outline network: Float32Array [height, width]. */
  readonly fine?: Float32Array | undefined;
  /** Probability of a place in the picture being the person's. */
  readonly person?: ((x: number, y: number) => number) | undefined;
}

/** The cut with its outline moved: to where the network sees it, or else to where the colours change. */
export function viewOf({ box, image, found }: Cut, { fine, person }: Hints = {}): View {
  const { width, height } = image;
  const scale = width / (box[2] - box[0]);
  const within =
    person && ((x: number, y: number) => person(box[0] + (x + 0.5) / scale, box[1] + (y + 0.5) / scale));
  const { x1, y1, x2, y2 } = maskBounds(found);
  // About two thirds of one of the 28 cells that the parser's mask had.
  const reach = (0.7 * Math.max(x2 - x1, y2 - y1)) / 28;
  const refined = refineMask(image, found, reach, { within, fine });
  const mask = largestPiece(refined.inside, width, height);
  return { box, image, found, ...refined, mask, agreement: iou(mask, found) };
}

function boundsBox(mask: Mask): Box {
  const { x1, y1, x2, y2 } = maskBounds(mask);
  return [x1, y1, x2, y2];
}

function scaleBox([x1, y1, x2, y2]: Box, by: number): Box {
  return [x1 * by, y1 * by, x2 * by, y2 * by];
}

/** The person's mask as a function of a place in the photo. */
export function personOver({ person: { box, side, data } }: Pose): (x: number, y: number) => number {
  const scale = side / (box[2] - box[0]);
  return (x, y) => sampleFloats(data, side, side, (x - box[0]) * scale - 0.5, (y - box[1]) * scale - 0.5);
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

/** Pixels of a view on either side of an outline. */
const RIM = 4;

/** What can be told of a garment's outline. */
export interface Rim {
  /** How well colours tell the garment from what is beside it: mean likeness inside less that outside, at most 1. */
  readonly apart: number;
  /** Pixels that may be either, by those near the outline. */
  readonly unsure: number;
}

export function rimOf({ mask, alike, inside }: View): Rim {
  const near = boxMean(new Float32Array(mask.data), mask.width, mask.height, RIM);
  const [sum, count] = [
    [0, 0],
    [0, 0],
  ];
  let unsure = 0;
  for (let i = 0; i < near.length; i++) {
    if (inside[i]! > 0.1 && inside[i]! < 0.9) unsure++;
    if (near[i]! < 0.02 || near[i]! > 0.98) continue;
    const side = mask.data[i]!;
    sum[side] = sum[side]! + alike[i]!;
    count[side] = count[side]! + 1;
  }
  const [outside, within] = [Math.max(1, count[0]!), Math.max(1, count[1]!)];
  return { apart: sum[1]! / within - sum[0]! / outside, unsure: unsure / (within + outside) };
}

/** Mean brightness of what is surely the garment. */
export function brightnessOf({ image: { data }, inside }: View): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < inside.length; i += 3) {
    if (inside[i]! <= 0.9) continue;
    sum += 0.299 * data[i * 3]! + 0.587 * data[i * 3 + 1]! + 0.114 * data[i * 3 + 2]!;
    count++;
  }
  return sum / Math.max(1, count);
}
