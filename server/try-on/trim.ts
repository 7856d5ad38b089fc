/** How outlines are trimmed before anything is drawn: the waist of an item is tucked under, hems of the worn garment are made even. */
import type { Mask, Point } from '../vision/contract.ts';
import { maskBounds } from '../vision/masks/bounds.ts';
import { polygonMask } from '../vision/masks/polygon.ts';
import type { AnchorName, Anchors } from './anchors.ts';
import { arc, between, distance, frameOf, smoothRing } from './geometry.ts';
import type { View } from './view.ts';

/** Of the width of a waist: what lies above is the inside of its back, or a waistband that hides under what is worn above. */
const TUCK = 0.18;

/** The item's anchors with its top cut off along a line, so that it begins where a top that hangs over it ends. */
export function tuckWaist(anchors: Anchors): Anchors {
  const { outline, at } = anchors;
  const n = outline.length;
  const [left, right] = [at.waistLeft, at.waistRight];
  if (left === undefined || right === undefined) return anchors;
  const depth = TUCK * distance(outline[left]!, outline[right]!);
  const walk = (from: number, step: number, end: number) => {
    let i = from;
    while (i !== end && outline[i]![1] < outline[from]![1] + depth) i = (i + step + n) % n;
    return i;
  };
  const [from, to] = [walk(left, -1, at.hemLeft!), walk(right, 1, at.hemRight!)];
  const line = lineFrom(outline[from]!, outline[to]!);
  const replaced = replaceArc(outline, at, from, to, line);
  const waist = { waistLeft: 0, waist: (line.length - 1) >> 1, waistRight: line.length - 1 };
  return { ...anchors, outline: replaced.outline, at: { ...replaced.at, ...waist } };
}

/** Points a pixel apart, both ends among them. */
function lineFrom(a: Point, b: Point): Point[] {
  const count = Math.max(4, Math.round(distance(a, b)));
  return Array.from({ length: count + 1 }, (_, i) => between(a, b, i / count));
}

/** Where each hem begins and ends, clockwise. */
export const HEMS: Readonly<
  Partial<Record<Anchors['kind'], readonly (readonly [AnchorName, AnchorName])[]>>
> = {
  skirt: [['hemRight', 'hemLeft']],
  legs: [
    ['hemRight', 'hemInnerRight'],
    ['hemInnerLeft', 'hemLeft'],
  ],
};

export interface Evened {
  readonly anchors: Anchors;
  readonly view: View;
  /** By how much of the garment's height its hems were lowered where they were most. */
  readonly lowered: number;
  /** How far the waist is from a parabola, by its width: a bag, a hand or the end of a shirt that the outline goes around. */
  readonly waist: number;
  /** Mean distance of the outline from a smoother one, by the garment's height. */
  readonly rough: number;
  /** By how much of its height its sides go inwards over a short way down: below a bag, or the end of a coat, that the outline takes in. */
  readonly stepped: number;
}

/** The garment with each hem on a parabola, low enough for all of the hem to lie above it. */
export function evenHems(view: View, anchors: Anchors): Evened {
  const { width, height } = view.image;
  const frame = frameOf(anchors.outline);
  let { outline, at } = anchors;
  const inside = new Float32Array(view.inside);
  const data = new Uint8Array(view.mask.data);
  let lowered = 0;
  for (const [first, last] of HEMS[anchors.kind] ?? []) {
    const hem = arc(outline, at[first]!, at[last]!);
    if (hem.length < 4) continue;
    const { at: hemAt, most } = hemOf(hem);
    lowered = Math.max(lowered, most / frame.height);
    const ends = [cornerAt(outline, at[first]!, -1, hemAt), cornerAt(outline, at[last]!, 1, hemAt)] as const;
    const curve = curveFrom(ends[0], ends[1], hemAt, height - 1);
    const added = polygonMask([...hem, ...curve.toReversed()], { width, height });
    for (let i = 0; i < data.length; i++) {
      if (added.data[i] === 0) continue;
      data[i] = 1;
      inside[i] = 1;
    }
    const replaced = replaceArc(outline, at, at[first]!, at[last]!, curve);
    outline = replaced.outline;
    at = { ...replaced.at, [first]: 0, [last]: curve.length - 1 };
  }
  const mask = { width, height, data };
  return {
    anchors: { ...anchors, outline, at },
    view: { ...view, inside, mask },
    lowered,
    waist: waistOf(anchors),
    rough: roughnessOf(anchors.outline, frame.height),
    stepped: steppedOf(mask, outline[at.hemLeft!]![1], outline[at.hemRight!]![1]),
  };
}

function waistOf({ outline, at }: Anchors): number {
  const [left, right] = [at.waistLeft, at.waistRight];
  if (left === undefined || right === undefined) return 0;
  const waist = arc(outline, left, right);
  return waist.length < 4 ? 0 : parabolaBelow(waist).most / Math.max(1, distance(waist[0]!, waist.at(-1)!));
}

/** Of an outline's height, over which it is smoothed to be compared with. */
const SMOOTHER = 0.1;

function roughnessOf(outline: readonly Point[], height: number): number {
  const smooth = smoothRing(outline, Math.round((SMOOTHER * height) / 2));
  const away = outline.reduce((sum, point, i) => sum + distance(point, smooth[i]!), 0);
  return away / outline.length / height;
}

/** Of a garment's height: how long a step is, where the sides are looked at, and how far from the hems. */
const STEP = { length: 0.04, from: 0.08, to: 0.9, above: 0.02 };

function steppedOf(mask: Mask, ...hems: readonly number[]): number {
  const { y1, y2 } = maskBounds(mask);
  const height = y2 - y1;
  const length = Math.max(1, Math.round(STEP.length * height));
  const end = Math.min(y1 + STEP.to * height, Math.min(...hems) - STEP.above * height) - length;
  const rowAt = (y: number) => mask.data.subarray(y * mask.width, (y + 1) * mask.width);
  let most = 0;
  for (let y = y1 + Math.trunc(STEP.from * height); y < end; y++) {
    const [high, low] = [rowAt(y), rowAt(y + length)];
    const left = low.indexOf(1) - high.indexOf(1);
    const right = high.lastIndexOf(1) - low.lastIndexOf(1);
    most = Math.max(most, left, right);
  }
  return most / Math.max(1, height);
}

/** Pixels at each end of a hem where smoothing has rounded it. */
const ROUNDED = 6;
/** Pixels by which such a corner may lie below the hem's lowest point. */
const LOWEST = 2;

/** The parabola through a hem's middle, unless it goes farther down than that through all of it. */
function hemOf(hem: readonly Point[]): ReturnType<typeof parabolaBelow> {
  const all = parabolaBelow(hem);
  const { x1, x2, y2 } = frameOf(hem);
  const middle = hem.filter(([x]) => x > x1 + ROUNDED && x < x2 - ROUNDED);
  if (middle.length < 2 * ROUNDED) return all;
  const { at } = parabolaBelow(hem, middle);
  const centre = (x1 + x2) / 2;
  if (at(centre) > all.at(centre) + 1) return all;
  return { at: (x) => Math.min(at(x), y2 + LOWEST), most: all.most };
}

/** The least squares' parabola through points (or `by` some of them), moved down until none is below it, and how far its farthest point above is then. */
function parabolaBelow(
  points: readonly Point[],
  by: readonly Point[] = points,
): { at: (x: number) => number; most: number } {
  const [from, to] = [points[0]![0], points.at(-1)![0]];
  const scale = Math.max(1, Math.abs(to - from)) / 2;
  const middle = (from + to) / 2;
  const s = new Float64Array(5);
  const t = new Float64Array(3);
  for (const [x, y] of by) {
    const u = (x - middle) / scale;
    for (let k = 0; k < 5; k++) s[k] = s[k]! + u ** k;
    for (let k = 0; k < 3; k++) t[k] = t[k]! + y * u ** k;
  }
  const [a, b, c] = solveParabola(s, t);
  const fitted = (x: number) => {
    const u = (x - middle) / scale;
    return a + b * u + c * u * u;
  };
  let [down, up] = [-Infinity, -Infinity];
  for (const [x, y] of points) {
    down = Math.max(down, y - fitted(x));
    up = Math.max(up, fitted(x) - y);
  }
  return { at: (x) => fitted(x) + down, most: down + up };
}

/** Points of a smoothed outline between a corner and where its side is straight, and by how many pixels a corner is moved at most. */
export const SIDE = { from: 5, to: 15 };
const MOST_MOVED = 5;

/** Where the side of a garment that comes down to a corner meets its hem: smoothing has rounded the corner. The `x` of it. */
function cornerAt(
  outline: readonly Point[],
  index: number,
  step: 1 | -1,
  hem: (x: number) => number,
): number {
  const low = sidePoint(outline, index, step * SIDE.from);
  const corner = outline[index]![0];
  const x = low[0] + slopeOf(outline, index, step) * (hem(corner) - low[1]);
  return Math.min(corner + MOST_MOVED, Math.max(corner - MOST_MOVED, x));
}

/** By how much the side that comes down to a corner goes to the right for each pixel down. */
export function slopeOf(outline: readonly Point[], index: number, step: 1 | -1): number {
  const low = sidePoint(outline, index, step * SIDE.from);
  const high = sidePoint(outline, index, step * SIDE.to);
  return Math.min(0.6, Math.max(-0.6, (low[0] - high[0]) / Math.max(1, low[1] - high[1])));
}

function sidePoint(outline: readonly Point[], index: number, steps: number): Point {
  const n = outline.length;
  return outline[(index + steps + n * 2) % n]!;
}

/** Points a pixel apart. */
function curveFrom(from: number, to: number, at: (x: number) => number, lowest: number): Point[] {
  const count = Math.max(2, Math.round(Math.abs(to - from)));
  return Array.from({ length: count + 1 }, (_, i): Point => {
    const x = from + ((to - from) * i) / count;
    return [x, Math.min(lowest, at(x))];
  });
}

/** The solution of the normal equations of a parabola, with sums of powers `s` and moments `t`. */
function solveParabola(s: Float64Array, t: Float64Array): [number, number, number] {
  const [s0, s1, s2, s3, s4] = s as unknown as [number, number, number, number, number];
  const ridge = 1e-6 * s0;
  const [p, q, r] = [s2 + ridge, s4 + ridge, s0];
  const det = r * (p * q - s3 * s3) - s1 * (s1 * q - s3 * s2) + s2 * (s1 * s3 - p * s2);
  if (Math.abs(det) < 1e-9) return [t[0]! / Math.max(1, s0), 0, 0];
  const [x, y, z] = t as unknown as [number, number, number];
  return [
    (x * (p * q - s3 * s3) - s1 * (y * q - s3 * z) + s2 * (y * s3 - p * z)) / det,
    (r * (y * q - z * s3) - x * (s1 * q - s3 * s2) + s2 * (s1 * z - y * s2)) / det,
    (r * (p * z - s3 * y) - s1 * (s1 * z - y * s2) + x * (s1 * s3 - p * s2)) / det,
  ];
}

/** The outline with another line from one index to another, which it then begins with. Anchors on the old one are not on the new. */
function replaceArc(
  outline: readonly Point[],
  at: Anchors['at'],
  from: number,
  to: number,
  line: readonly Point[],
): Pick<Anchors, 'outline' | 'at'> {
  const n = outline.length;
  const rest = arc(outline, to, from);
  const moved = Object.entries(at).map(([name, index]) => [name, ((index - to + n) % n) + line.length - 1]);
  return { outline: [...line, ...rest.slice(1, -1)], at: Object.fromEntries(moved) };
}
