/** The photo with the item's colours in the place of the worn garment's. */
import type { Box, Image, Point } from '../vision/contract.ts';
import { type Field, placeOn } from './field.ts';
import { distance } from './geometry.ts';
import {
  cropImage,
  halveImage,
  maskWhere,
  sample,
  sampleFloats,
  shareImage,
  shrinkMask,
  spreadInside,
} from './pixels.ts';
import { boxMean } from './refine.ts';
import type { Shown, View, Worn } from './view.ts';

/** Where the edge of what is drawn lies, a little beyond the outline, and to which of its sides it is soft: one pixel in all. */
export const EDGE = { at: 0.4, reach: 0.2 };

/** Pixels of the view for one of the photo, beyond which the edge gets no softer. */
const SOFTEST = 1.5;
/** Below, nothing is covered, however soft the edge. */
const LEAST_DRAWN = EDGE.at - EDGE.reach * SOFTEST;

/** How much a drawn pixel covers what was there, by `drawn`; `scale` in pixels of the view for one of those that are drawn. */
export function coverOf(drawn: number, scale = 1): number {
  const reach = EDGE.reach * scale;
  const t = Math.min(1, Math.max(0, (drawn - EDGE.at + reach) / (2 * reach)));
  return t * t * (3 - 2 * t);
}

/** A garment's height in the photo by that in the item's picture, up to which its cloth is read at half the picture's size. */
const HALF_SIZE = 0.7;

/** What is left of the worn garment around the drawn one is painted over. */
export function compose(worn: Worn, item: Shown, field: Field): Image {
  const { photo, view, drawn, rest, around, shade } = worn;
  // Not `slice`: a Buffer's shares its memory.
  const data = new Uint8Array(photo.data);
  const { box } = view;
  const { width, height } = view.image;
  const scale = width / (box[2] - box[0]);
  const softness = Math.min(SOFTEST, scale);
  const itemBox = item.view.box;
  // The one nearer to the size at which it is drawn.
  const isHalf = (box[3] - box[1]) / (itemBox[3] - itemBox[1]) < HALF_SIZE;
  const cloth = isHalf ? item.halfCloth : item.cloth;
  const size = isHalf ? 0.5 : 1;
  const toCloth = ((itemBox[2] - itemBox[0]) / item.view.image.width) * size;
  const [clothX, clothY] = [(itemBox[0] % 1) * size - 0.5, (itemBox[1] % 1) * size - 0.5];
  const at = { x: 0, y: 0 };
  const colour = { r: 0, g: 0, b: 0 };
  const isChanged = changedPlaces(drawn, rest, width, height);
  for (let y = Math.floor(box[1]); y < Math.min(photo.height, Math.ceil(box[3])); y++) {
    const v = (y + 0.5 - box[1]) * scale - 0.5;
    const row = Math.min(height - 1, Math.max(0, Math.round(v))) * width;
    for (let x = Math.floor(box[0]); x < Math.min(photo.width, Math.ceil(box[2])); x++) {
      const u = (x + 0.5 - box[0]) * scale - 0.5;
      const near = row + Math.min(width - 1, Math.max(0, Math.round(u)));
      if (isChanged[near] === 0) continue;
      const to = (y * photo.width + x) * 3;
      const left = sampleFloats(rest, width, height, u, v);
      if (left > 0.004) {
        sample(around, u, v, colour);
        paint(data, to, colour, 1, left);
      }
      const share = coverOf(sampleFloats(drawn, width, height, u, v), softness);
      if (share < 0.004) continue;
      placeOn(field, u + 0.5, v + 0.5, at);
      sample(cloth, at.x * toCloth + clothX, at.y * toCloth + clothY, colour);
      paint(data, to, colour, sampleFloats(shade, width, height, u, v), share);
    }
  }
  return { width: photo.width, height: photo.height, data };
}

/** Where the photo changes at all, and a pixel around: what lies elsewhere need not be looked at. */
function changedPlaces(drawn: Float32Array, rest: Float32Array, width: number, height: number): Uint8Array {
  const changed = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const [above, below] = [y > 0 ? i - width : i, y < height - 1 ? i + width : i];
    for (let x = 0; x < width; x++, i++) {
      if (drawn[i]! < LEAST_DRAWN && rest[i] === 0) continue;
      const [from, to] = [x > 0 ? x - 1 : x, x < width - 1 ? x + 1 : x];
      const row = i - x;
      for (let at = from; at <= to; at++) {
        changed[above + at] = 1;
        changed[row + at] = 1;
        changed[below + at] = 1;
      }
    }
  }
  return changed;
}

type Colour = { r: number; g: number; b: number };

function paint(data: Uint8Array, to: number, { r, g, b }: Colour, light: number, share: number): void {
  data[to] = mix(data[to]!, r * light, share);
  data[to + 1] = mix(data[to + 1]!, g * light, share);
  data[to + 2] = mix(data[to + 2]!, b * light, share);
}

function mix(old: number, drawn: number, share: number): number {
  return Math.min(255, Math.max(0, old + (drawn - old) * share + 0.5));
}

/** The item's cloth, on whole pixels of its picture and at half its size, with its colours continued beyond its outline. */
export function clothOf(
  picture: Image,
  { view, anchors: { at, outline } }: Pick<Shown, 'view' | 'anchors'>,
): Pick<Shown, 'cloth' | 'halfCloth'> {
  const gap = at.crotch === undefined ? null : outline[at.crotch]!;
  const { box, image } = view;
  const isCloth = { ...image, data: clothOn(view, gap) };
  const within: Box = [Math.floor(box[0]), Math.floor(box[1]), Math.ceil(box[2]), Math.ceil(box[3])];
  const part = cropImage(picture, within);
  const inView = within.map(
    (at, i) => ((at - box[i % 2]!) * image.width) / (box[2] - box[0]),
  ) as unknown as Box;
  const cloth = spreadInside(part, shrinkMask(isCloth, inView, part.width, part.height).data);
  return { cloth: shareImage(cloth), halfCloth: shareImage(halveImage(cloth)) };
}

/** Heights of the view around the top of the gap between the legs, where the mask takes what is behind it for cloth. */
const NEAR_GAP = 0.1;
/** Of a pixel there, and of one near the outline, below which its colour is the background's. */
const LEAST_ALIKE = { gap: 0.65, rim: 0.25 };
/** Pixels of a view by which its outline is taken in, where background and shadow shine through; twice as many near the gap. */
const RIM = 2;

/** Which pixels of the view surely show cloth. Uint8Array [height, width]. */
function clothOn({ image: { width, height }, inside, alike }: View, gap: Point | null): Uint8Array {
  const isNearGap = (i: number) =>
    gap !== null && distance(gap, [(i % width) + 0.5, Math.floor(i / width) + 0.5]) < NEAR_GAP * height;
  const cloth = new Float32Array(width * height);
  const deep = boxMean(inside, width, height, 3 * RIM);
  for (let i = 0; i < cloth.length; i++) {
    if (inside[i]! <= 0.85) continue;
    const isLike = isNearGap(i)
      ? alike[i]! > LEAST_ALIKE.gap
      : alike[i]! > LEAST_ALIKE.rim || deep[i]! > 0.99;
    cloth[i] = isLike ? 1 : 0;
  }
  const around = boxMean(cloth, width, height, RIM);
  const wide = boxMean(cloth, width, height, 2 * RIM);
  return maskWhere(around, (share, i) => share > 0.99 && (wide[i]! > 0.99 || !isNearGap(i)));
}
