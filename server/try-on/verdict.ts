/** Whether somebody would find a preview fit to be shown: learnt from previews of train that were judged by eye. */
import type { Image } from '../vision/contract.ts';
import { boxMean } from './refine.ts';

/** What speaks against a preview, the more the larger. */
export interface Figures {
  /** Mean of the item's cloth, in levels of 256: on pale cloth every fault is seen. */
  readonly brightness: number;
  /** How much the worn garment's brightness differs from place to place, in levels of 256: sun and shadow, or a pattern. */
  readonly patchiness: number;
  /** By how much of its height the worn garment's hems were lowered: trim.ts. */
  readonly lowered: number;
  /** Pixels of the worn cloth's colour around the drawn one, by the length of its outline: remainder.ts. */
  readonly left: number;
}

/**
 * Logistic regression on the 360 judged previews of model/labels/previews.json: `model/run.sh fit_verdict` prints these numbers, and what
 * each limit keeps where photos are held back. docs/try-on.md tells how previews are judged.
 */
const BIAS = 2.87;
const WEIGHTS: Figures = { brightness: -0.0247, patchiness: -0.0387, lowered: -47.3, left: -4.92 };

/** How likely it is that somebody finds the preview fit to be shown, 0 to 1. */
export function verdictOn({ brightness, patchiness, lowered, left }: Figures): number {
  const logit =
    BIAS +
    WEIGHTS.brightness * brightness +
    WEIGHTS.patchiness * patchiness +
    WEIGHTS.lowered * lowered +
    WEIGHTS.left * left;
  return 1 / (1 + Math.exp(-logit));
}

/** Pixels of a view from an outline to what is surely within. */
const DEEP = 2;

/** Mean brightness well within a mask and its standard deviation there, in levels of 256. */
export function lightOf(
  { width, height, data }: Image,
  mask: Uint8Array,
): { readonly mean: number; readonly spread: number } {
  const deep = boxMean(new Float32Array(mask), width, height, DEEP);
  let [sum, squares, count] = [0, 0, 0];
  for (let i = 0, at = 0; i < deep.length; i++, at += 3) {
    if (deep[i]! < 0.99) continue;
    const light = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
    sum += light;
    squares += light * light;
    count++;
  }
  const mean = sum / Math.max(1, count);
  return { mean, spread: Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean)) };
}
