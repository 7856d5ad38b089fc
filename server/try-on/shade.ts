/** Light and folds of the garment that is worn, as factors for the colours of the one that is drawn. */
import type { Image } from '../vision/contract.ts';
import { halve, sampleFloats } from './pixels.ts';
import { boxMean } from './refine.ts';

/** Keeps dark cloth from turning noise into stripes, in levels of 256. */
const DARK = 14;
const [LEAST, MOST] = [0.62, 1.2];
/** Of what is measured: a picture in good light has folds of its own. */
const CARRIED = 0.75;

/**
 * Float32Array [height, width], about 1: brightness near a pixel by that of its surroundings, within the garment. Plain cloth
 * gives its folds as well, patterned cloth only its broad light, or its pattern would be seen through the new one.
 */
export function shadingOf(photo: Image, inside: Float32Array): Float32Array {
  const { width, height } = photo;
  const n = width * height;
  const size = Math.max(width, height);
  const luma = lumaOf(photo);
  // Its rim shows what is behind it as well, and would glow on dark cloth.
  const sure = boxMean(inside, width, height, 2).map((share) => (share > 0.97 ? 1 : 0));
  const fine = weightedMean(luma, sure, width, height, 1);
  const isSure = boxMean(sure, width, height, 1);
  // What is broad is computed on pixels of twice the size.
  const [w, h] = [(width + 1) >> 1, (height + 1) >> 1];
  const [half, weight] = [halve(luma, width, height), halve(sure, width, height)];
  const mean = (share: number) =>
    weightedMean(half, weight, w, h, Math.max(1, Math.round((size * share) / 2)));
  const [coarse, wide, broad] = [mean(NEAR), mean(0.1), mean(0.35)];
  const contrast = contrastTo(luma, inside, coarse, width);
  const folds = Math.min(1, Math.max(0, (0.11 - contrast) / 0.06));
  const strength = strengthOf(contrast, hueSpread(photo, inside)) * trustOf(luma, sure);
  // Light without fine folds and what it is divided by, both broad; fine folds come on top, pixel by pixel.
  const [light, base] = [new Float32Array(w * h), new Float32Array(w * h)];
  for (let i = 0; i < light.length; i++) {
    base[i] = 1 / (broad[i]! + DARK);
    light[i] = wide[i]! + (0.5 * coarse[i]! - wide[i]!) * folds + DARK;
  }
  const shade = new Float32Array(n);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (inside[i] === 0) {
        shade[i] = 1;
        continue;
      }
      const [u, v] = [x / 2 - 0.25, y / 2 - 0.25];
      const near = isSure[i]! > 0.01 ? fine[i]! : sampleFloats(coarse, w, h, u, v);
      const value = (sampleFloats(light, w, h, u, v) + 0.5 * folds * near) * sampleFloats(base, w, h, u, v);
      shade[i] = Math.min(MOST, Math.max(LEAST, 1 + CARRIED * strength * (value - 1)));
    }
  }
  return shade;
}

/** Cloth is darker where it turns away and where something lies on it: by how much at its edge, and over which share of the long side. */
const TURN = { dark: 0.22, reach: 0.022 };

/** Darkens `shade` towards the edges of what is drawn, of which `cover` is how much. */
export function darkenEdges(
  shade: Float32Array,
  cover: Float32Array,
  { width, height }: { width: number; height: number },
): Float32Array {
  const r = Math.max(1, Math.round(TURN.reach * Math.max(width, height)));
  const near = boxMean(boxMean(cover, width, height, r), width, height, r);
  return shade.map((value, i) => {
    const t = Math.min(1, Math.max(0, 2 * near[i]! - 1));
    return value * (1 - TURN.dark * (1 - t) ** 1.5);
  });
}

/** How far brightness is taken for light: a large print, of other colours or brightness, would glow or darken the new cloth. */
function strengthOf(contrast: number, spread: number): number {
  const isPlain = Math.min(1 - (contrast - 0.11) / 0.08, 1 - (spread - 0.025) / 0.04);
  return Math.min(1, Math.max(0.3, isPlain));
}

/** Levels of 256 at which cloth is light enough for its folds to be told from noise, and what dark cloth's light still counts. */
const LIGHT = 70;
const LEAST_TRUST = 0.35;

function trustOf(luma: Float32Array, sure: Float32Array): number {
  let [sum, area] = [0, 0];
  for (let i = 0; i < luma.length; i++) {
    sum += luma[i]! * sure[i]!;
    area += sure[i]!;
  }
  return Math.min(1, Math.max(LEAST_TRUST, sum / Math.max(1, area) / LIGHT));
}

/** One pixel in so many tells how a garment's hue spreads. */
const EACH = 3;

/** Mean distance of the garment's shares of red and blue from their means: light does not change these. */
function hueSpread({ data }: Image, inside: Float32Array): number {
  const hues = new Float32Array(2 * Math.ceil(inside.length / EACH));
  let [red, blue, end] = [0, 0, 0];
  for (let i = 0; i < inside.length; i += EACH) {
    if (inside[i]! < 0.9) continue;
    // Dark pixels have no hue to speak of.
    const sum = data[i * 3]! + data[i * 3 + 1]! + data[i * 3 + 2]! + 60;
    const [r, b] = [(data[i * 3]! + 20) / sum, (data[i * 3 + 2]! + 20) / sum];
    hues[end++] = r;
    hues[end++] = b;
    red += r;
    blue += b;
  }
  const n = Math.max(1, end / 2);
  let away = 0;
  for (let i = 0; i < end; i += 2) away += Math.abs(hues[i]! - red / n) + Math.abs(hues[i + 1]! - blue / n);
  return away / n;
}

/** How much brightness changes from place to place within a garment: about .04 for plain cloth, above .12 for a print. */
export function contrastOf(picture: Image, inside: Float32Array): number {
  const { width, height } = picture;
  const luma = lumaOf(picture);
  const [half, weight] = [halve(luma, width, height), halve(inside, width, height)];
  const [w, h] = [(width + 1) >> 1, (height + 1) >> 1];
  const reach = Math.max(1, Math.round((Math.max(width, height) * NEAR) / 2));
  return contrastTo(luma, inside, weightedMean(half, weight, w, h, reach), width);
}

/** Of the long side: what is near a place. */
const NEAR = 0.035;

/** `around` has pixels of twice the size. */
function contrastTo(luma: Float32Array, inside: Float32Array, around: Float32Array, width: number): number {
  const [w, h] = [(width + 1) >> 1, (luma.length / width + 1) >> 1];
  let [sum, area] = [0, 0];
  for (let i = 0; i < luma.length; i++) {
    if (inside[i]! < 0.9) continue;
    const mean = sampleFloats(around, w, h, (i % width) / 2 - 0.25, Math.floor(i / width) / 2 - 0.25);
    area++;
    sum += Math.abs(luma[i]! - mean) / (mean + 30);
  }
  return sum / Math.max(1, area);
}

function lumaOf({ width, height, data }: Image): Float32Array {
  const luma = new Float32Array(width * height);
  for (let i = 0; i < luma.length; i++)
    luma[i] = 0.299 * data[i * 3]! + 0.587 * data[i * 3 + 1]! + 0.114 * data[i * 3 + 2]!;
  return luma;
}

/** The mean of `values` around each place by `weights`; the value itself where nothing weighs. */
function weightedMean(
  values: Float32Array,
  weights: Float32Array,
  width: number,
  height: number,
  r: number,
): Float32Array {
  const products = new Float32Array(values.length);
  for (let i = 0; i < products.length; i++) products[i] = values[i]! * weights[i]!;
  const sums = boxMean(products, width, height, r);
  const total = boxMean(weights, width, height, r);
  for (let i = 0; i < sums.length; i++) sums[i] = total[i]! > 1e-4 ? sums[i]! / total[i]! : values[i]!;
  return sums;
}
