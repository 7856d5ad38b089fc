/** A photo and an item's picture in, the preview or a refusal out: the whole of it, in typed arrays. */
import type { Box, Image, Mask, Pose } from '../vision/contract.ts';
import { maskBounds } from '../vision/masks/bounds.ts';
import { maskArea } from '../vision/masks/masks.ts';
import { type Anchors, findAnchors, kindOf } from './anchors.ts';
import { type Field, makeField, placeOn } from './field.ts';
import { findArms } from './front.ts';
import { asymmetry, refusePose } from './gate.ts';
import { outlineOf } from './geometry.ts';
import { matchParts } from './parts.ts';
import type { Placed } from './person.ts';
import { sample, sampleFloats, shrinkImage, shrinkMask, spreadInside } from './pixels.ts';
import { largestPiece, refineMask } from './refine.ts';
import { Refused } from './refusals.ts';
import { shadingOf } from './shade.ts';

/** All in the pixels of the photo as it is drawn on, but for masks, which may be larger or smaller. */
export interface WornInput {
  readonly photo: Image;
  readonly garment: Placed;
  readonly mask: Mask;
  /** Of the other garments in the photo. */
  readonly others: readonly Mask[];
  readonly pose: Pose;
}

export interface ItemInput {
  readonly picture: Image;
  readonly category: number;
  readonly mask: Mask;
}

/** A worn garment, ready to be drawn over with one item after the other. */
export interface Worn {
  readonly photo: Image;
  readonly view: View;
  readonly anchors: Anchors;
  /** What stands before it, at the view's size. */
  readonly front: Uint8Array;
}

export interface Shown {
  readonly picture: Image;
  readonly view: View;
  readonly anchors: Anchors;
}

export interface Quality {
  /** IoU of the drawn garment with the one that was found, as far as it is to be seen. */
  readonly overlap: number;
  /** Of the longest stretch of the cloth by the shortest at one place, the 95th percentile. */
  readonly stretch: number;
  /** Share of the garment found that something stands before, or that is not drawn over. */
  readonly hidden: number;
}

export interface Preview {
  readonly image: Image;
  readonly quality: Quality;
}

/** The long side on which outlines are looked for. */
export const WORK_SIDE = 256;
/** An outline is smoothed over this share of the long side. */
export const SMOOTHING = 0.022;
/** Around a garment, as a share of its size. */
const MARGIN = 0.1;
/** What the bending may be. */
const MAX_STRETCH = 2.4;
const MAX_UNEVEN = 7;
const LEAST_OVERLAP = 0.92;
const MAX_HIDDEN = 0.12;
const LEAST_AGREEMENT = 0.86;
const MAX_ASYMMETRY = 0.3;

/** A garment on its own, at the size on which it is worked. */
export interface View {
  readonly box: Box;
  readonly image: Image;
  /** As it was found. */
  readonly found: Mask;
  readonly inside: Float32Array;
  readonly mask: Mask;
  /** IoU of the two masks. */
  readonly agreement: number;
}

/** Throws Refused. */
export function prepareWorn(input: WornInput): Worn {
  const { photo, garment, pose } = input;
  const refusal = refusePose(pose, garment);
  if (refusal) throw new Refused(refusal);
  const view = viewOf(photo, input.mask, personOver(pose));
  if (view.agreement < LEAST_AGREEMENT)
    throw new Refused('GARMENT_UNCLEAR', `agreement ${view.agreement.toFixed(2)}`);
  const anchors = anchorsOf(view, garment.category);
  if (!anchors) throw new Refused('GARMENT_UNCLEAR', 'anchors');
  return { photo, view, anchors, front: frontOf(input, view) };
}

/** Throws Refused. */
export function prepareItem({ picture, mask, category }: ItemInput): Shown {
  const view = viewOf(picture, mask);
  const refuse = (detail: string) => new Refused('ITEM_PICTURE_UNSUITABLE', detail);
  if (view.agreement < LEAST_AGREEMENT) throw refuse(`agreement ${view.agreement.toFixed(2)}`);
  const anchors = anchorsOf(view, category);
  if (!anchors) throw refuse('anchors');
  if (isLopsided(view)) throw refuse('asymmetry');
  return { picture, view, anchors };
}

/** Throws Refused. */
export function drawPreview(worn: Worn, item: Shown): Preview {
  const { view, front } = worn;
  const parts = matchParts(worn.anchors, item.anchors);
  const { field, bend, drawn } = bendTo(parts, view.image);
  if (bend.folds > 0) throw new Refused('CUT_DIFFERS', `folds ${bend.folds}`);
  if (bend.ratio > MAX_STRETCH || bend.evenness > MAX_UNEVEN) {
    throw new Refused('CUT_DIFFERS', `stretch ${bend.ratio.toFixed(2)} ${bend.evenness.toFixed(2)}`);
  }
  const { overlap, hidden } = compareMasks(drawn, view.found, front);
  if (hidden > MAX_HIDDEN) throw new Refused('GARMENT_HIDDEN', hidden.toFixed(2));
  if (overlap < LEAST_OVERLAP) throw new Refused('REMAINDER', overlap.toFixed(2));
  const image = compose(worn, item, field);
  return { image, quality: { overlap, stretch: bend.ratio, hidden } };
}

function bendTo(
  parts: ReturnType<typeof matchParts>,
  { width, height }: Image,
): ReturnType<typeof makeField> {
  try {
    return makeField(parts, width, height);
  } catch (error) {
    if (error instanceof RangeError) throw new Refused('CUT_DIFFERS', 'flat');
    throw error;
  }
}

/** The garment with a margin around it, its outline moved to where the colours change. */
export function viewOf(image: Image, mask: Mask, person?: (x: number, y: number) => number): View {
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
  const within =
    person && ((x: number, y: number) => person(box[0] + (x + 0.5) / scale, box[1] + (y + 0.5) / scale));
  // About two thirds of one of the 28 cells that the parser's mask had.
  const reach = (0.7 * scale * Math.max(x2 - x1, y2 - y1)) / 28;
  const inside = refineMask(small, found, reach, within);
  const refined = largestPiece(inside, width, height);
  return { box, image: small, found, inside, mask: refined, agreement: iou(refined, found) };
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

function isLopsided({ mask }: View): boolean {
  const { x1, x2 } = maskBounds(mask);
  return asymmetry(mask, (x1 + x2 - 1) / 2) > MAX_ASYMMETRY;
}

function iou(a: Mask, b: Mask): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < a.data.length; i++) {
    both += a.data[i]! & b.data[i]!;
    either += a.data[i]! | b.data[i]!;
  }
  return either === 0 ? 0 : both / either;
}

/** What stands before the garment, at its view's size: bare arms, and other garments where this one is not seen. */
function frontOf({ photo, pose, others }: WornInput, view: View): Uint8Array {
  const { box, image, found } = view;
  const { width, height } = image;
  const scale = width / (box[2] - box[0]);
  const moved: Pose = {
    ...pose,
    points: pose.points.map((value, i) =>
      i % 4 === 0 ? (value - box[0]) * scale : i % 4 === 1 ? (value - box[1]) * scale : value,
    ),
  };
  // The face lies outside of the view, and its colour is taken from the photo.
  const front = findArms(image, moved, photo, pose);
  for (const other of others) {
    const mask = shrinkMask(other, scaleBox(box, other.width / photo.width), width, height);
    for (let i = 0; i < front.length; i++) if (mask.data[i] === 1 && found.data[i] === 0) front[i] = 1;
  }
  return front;
}

function compareMasks(drawn: Mask, found: Mask, front: Uint8Array): { overlap: number; hidden: number } {
  let [both, either, covered] = [0, 0, 0];
  for (let i = 0; i < front.length; i++) {
    const isDrawn = drawn.data[i] === 1 && front[i] === 0;
    if (found.data[i] === 1 && front[i] === 1) covered++;
    if (isDrawn && found.data[i] === 1) both++;
    if (isDrawn || (found.data[i] === 1 && front[i] === 0)) either++;
  }
  return { overlap: either === 0 ? 0 : both / either, hidden: covered / Math.max(1, maskArea(found)) };
}

/** How much a drawn pixel covers what was there, by its probability of being the garment's. */
function coverOf(probability: number): number {
  const t = Math.min(1, Math.max(0, (probability - 0.18) / 0.34));
  return t * t * (3 - 2 * t);
}

/** The photo with the item's colours in the place of the worn garment's. */
function compose({ photo, view: worn, front }: Worn, { picture, view: item }: Shown, field: Field): Image {
  // Not `slice`: a Buffer's shares its memory.
  const data = new Uint8Array(photo.data);
  const { box, image } = worn;
  const { width, height } = image;
  const scale = width / (box[2] - box[0]);
  const shade = shadingOf(image, worn.inside);
  const cover = new Float32Array(width * height);
  for (let i = 0; i < cover.length; i++) {
    cover[i] = worn.mask.data[i] === 1 || worn.inside[i]! < 0.5 ? worn.inside[i]! * (1 - front[i]!) : 0;
  }
  // The item's picture at about the size at which it is drawn.
  const [w, h] = [item.box[2] - item.box[0], item.box[3] - item.box[1]];
  const fine = Math.min(1, ((box[3] - box[1]) / h) * 1.2);
  const [iw, ih] = [Math.max(16, Math.round(w * fine)), Math.max(16, Math.round(h * fine))];
  const source = shrinkImage(picture, item.box, iw, ih);
  const toSource = iw / item.image.width;
  const inside = new Uint8Array(iw * ih);
  for (let y = 0, i = 0; y < ih; y++) {
    for (let x = 0; x < iw; x++, i++) {
      const p = sampleFloats(
        item.inside,
        item.image.width,
        item.image.height,
        (x + 0.5) / toSource - 0.5,
        (y + 0.5) / toSource - 0.5,
      );
      inside[i] = p > 0.85 ? 1 : 0;
    }
  }
  const cloth = spreadInside(source, inside);
  const at = { x: 0, y: 0 };
  const colour = { r: 0, g: 0, b: 0 };
  const [left, top] = [Math.floor(box[0]), Math.floor(box[1])];
  for (let y = top; y < Math.min(photo.height, Math.ceil(box[3])); y++) {
    const v = (y + 0.5 - box[1]) * scale - 0.5;
    for (let x = left; x < Math.min(photo.width, Math.ceil(box[2])); x++) {
      const u = (x + 0.5 - box[0]) * scale - 0.5;
      const share = coverOf(sampleFloats(cover, width, height, u, v));
      if (share < 0.004) continue;
      placeOn(field, u + 0.5, v + 0.5, at);
      sample(cloth, at.x * toSource - 0.5, at.y * toSource - 0.5, colour);
      const light = sampleFloats(shade, width, height, u, v);
      const to = (y * photo.width + x) * 3;
      data[to] = mix(data[to]!, colour.r * light, share);
      data[to + 1] = mix(data[to + 1]!, colour.g * light, share);
      data[to + 2] = mix(data[to + 2]!, colour.b * light, share);
    }
  }
  return { width: photo.width, height: photo.height, data };
}

function mix(old: number, drawn: number, share: number): number {
  return Math.min(255, Math.max(0, old + (drawn - old) * share + 0.5));
}
