/** The photo with the item's colours in the place of the worn garment's. */
import type { Image, Point } from '../vision/contract.ts';
import { shareOf, smooth } from './edge.ts';
import { type Field, placeOn } from './field.ts';
import { distance } from './geometry.ts';
import { maskWhere, sample, sampleFloats, shrinkImage, spreadInside } from './pixels.ts';
import { boxMean } from './refine.ts';
import type { Shown, View, Worn } from './view.ts';

/** How much a drawn pixel covers what was there, by its probability of being the garment's. */
export function coverOf(probability: number): number {
  const t = Math.min(1, Math.max(0, (probability - 0.18) / 0.34));
  return t * t * (3 - 2 * t);
}

/** Pixels of a view beyond the outline that may show a little of the garment; a likely colour farther off is something else's. */
const BLUR = 2;

/** How sure it must be, by its colour, that such a pixel is the garment's. */
const LIKE_RIM = 0.85;

/** Probability of each pixel of the view being the worn garment's, and not behind something: Float32Array [height, width]. */
export function drawnOver({ mask, inside, alike }: View, front: Uint8Array): Float32Array {
  const drawn = new Float32Array(inside.length);
  const near = boxMean(new Float32Array(mask.data), mask.width, mask.height, BLUR);
  for (let i = 0; i < drawn.length; i++) {
    const isIts = mask.data[i] === 1 || (inside[i]! < 0.5 && near[i]! > 1e-3);
    // The outline as found may run within it: what has its colour and touches it is covered too.
    const isRim = mask.data[i] === 0 && near[i]! > 1e-3 && alike[i]! > LIKE_RIM;
    drawn[i] = isIts || isRim ? (isRim ? Math.max(inside[i]!, alike[i]!) : inside[i]!) * (1 - front[i]!) : 0;
  }
  return drawn;
}

/** What is left of the worn garment around the drawn one is painted over. */
export function compose(worn: Worn, item: Shown, field: Field): Image {
  const { photo, view, drawn, rest, around, shade, edge } = worn;
  // Not `slice`: a Buffer's shares its memory.
  const data = new Uint8Array(photo.data);
  const { box } = view;
  const { width, height } = view.image;
  const scale = width / (box[2] - box[0]);
  // The item's picture at about the size at which it is drawn.
  const [w, h] = [item.view.box[2] - item.view.box[0], item.view.box[3] - item.view.box[1]];
  const fine = Math.min(1, ((box[3] - box[1]) / h) * 1.2);
  const cloth = clothOf(item, Math.max(16, Math.round(w * fine)), Math.max(16, Math.round(h * fine)));
  const toCloth = cloth.width / item.view.image.width;
  const at = { x: 0, y: 0 };
  const colour = { r: 0, g: 0, b: 0 };
  const behind = { r: 0, g: 0, b: 0 };
  const pixel = { r: 0, g: 0, b: 0 };
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
      const probability = sampleFloats(drawn, width, height, u, v);
      let share = coverOf(probability);
      if (edge[near] === 1) {
        sample(around, u, v, behind);
        [pixel.r, pixel.g, pixel.b] = [photo.data[to]!, photo.data[to + 1]!, photo.data[to + 2]!];
        share = shareOf(pixel, behind, worn.cloth, [u, v], probability, share);
        // What shows both is what is behind, and the drawn cloth over it.
        paint(data, to, behind, 1, smooth(share, 0.03, 0.3));
      }
      if (share < 0.004) continue;
      placeOn(field, u + 0.5, v + 0.5, at);
      sample(cloth, at.x * toCloth - 0.5, at.y * toCloth - 0.5, colour);
      paint(data, to, colour, sampleFloats(shade, width, height, u, v), share);
    }
  }
  return { width: photo.width, height: photo.height, data };
}

/** Where the photo changes at all, and a pixel around: what lies elsewhere need not be looked at. */
function changedPlaces(drawn: Float32Array, rest: Float32Array, width: number, height: number): Uint8Array {
  const changed = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (drawn[i]! < 0.02 && rest[i] === 0) continue;
      const [from, to] = [Math.max(0, x - 1), Math.min(width, x + 2)];
      for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++)
        changed.fill(1, j * width + from, j * width + to);
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

/** The item's view, `width` × `height`, with the cloth's colours continued beyond its outline. */
function clothOf({ picture, view, anchors }: Shown, width: number, height: number): Image {
  const source = shrinkImage(picture, view.box, width, height);
  const scale = view.image.width / width;
  const { at, outline } = anchors;
  const gap = at.crotch === undefined ? null : outline[at.crotch]!;
  const isCloth = clothOn(view, gap);
  const inside = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.min(view.image.height - 1, ((y + 0.5) * scale) | 0) * view.image.width;
    for (let x = 0; x < width; x++, i++) {
      inside[i] = isCloth[row + Math.min(view.image.width - 1, ((x + 0.5) * scale) | 0)]!;
    }
  }
  return spreadInside(source, inside);
}

/** Heights of the view around the top of the gap between the legs, where the mask takes what is behind it for cloth. */
const NEAR_GAP = 0.1;
/** Of a pixel there, and of one near the outline, below which its colour is the background's. */
const LEAST_ALIKE = { gap: 0.45, rim: 0.25 };
/** Pixels of a view by which its outline is taken in, where background and shadow shine through. */
const RIM = 2;

/** Which pixels of the view surely show cloth. Uint8Array [height, width]. */
function clothOn({ image: { width, height }, inside, alike }: View, gap: Point | null): Uint8Array {
  const cloth = new Float32Array(width * height);
  const deep = boxMean(inside, width, height, 3 * RIM);
  for (let i = 0; i < cloth.length; i++) {
    if (inside[i]! <= 0.85) continue;
    const place: Point = [(i % width) + 0.5, Math.floor(i / width) + 0.5];
    const isNearGap = gap !== null && distance(gap, place) < NEAR_GAP * height;
    cloth[i] = alike[i]! > (isNearGap ? LEAST_ALIKE.gap : LEAST_ALIKE.rim) || deep[i]! > 0.99 ? 1 : 0;
    if (isNearGap && alike[i]! <= LEAST_ALIKE.gap) cloth[i] = 0;
  }
  const around = boxMean(cloth, width, height, RIM);
  return maskWhere(around, (share) => share > 0.99);
}
