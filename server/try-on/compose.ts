/** The photo with the item's colours in the place of the worn garment's. */
import type { Image } from '../vision/contract.ts';
import { type Field, placeOn } from './field.ts';
import { sample, sampleFloats, shrinkImage, spreadInside } from './pixels.ts';
import { shadingOf } from './shade.ts';
import type { Shown, Worn } from './view.ts';

/** How much a drawn pixel covers what was there, by its probability of being the garment's. */
function coverOf(probability: number): number {
  const t = Math.min(1, Math.max(0, (probability - 0.18) / 0.34));
  return t * t * (3 - 2 * t);
}

/** The photo with the item's colours in the place of the worn garment's. */
export function compose(
  { photo, view: worn, front }: Worn,
  { picture, view: item }: Shown,
  field: Field,
): Image {
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
