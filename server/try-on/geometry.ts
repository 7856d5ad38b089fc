/** Points and polylines, in pixels. Polylines are arrays of points; an outline is closed and runs clockwise on the screen. */
import type { Mask, Point } from '../vision/contract.ts';
import { maskColumns } from '../vision/masks/columns.ts';
import { ringsOf, signedArea } from '../vision/masks/rings.ts';

export function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** The point at a share of the way from `a` to `b`. */
export function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

export function lengthOf(line: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < line.length; i++) length += distance(line[i - 1]!, line[i]!);
  return length;
}

/** `count` points along a polyline at equal steps of its length, both ends among them. */
export function resample(line: readonly Point[], count: number): Point[] {
  const step = lengthOf(line) / (count - 1);
  const found: Point[] = [line[0]!];
  let walked = 0;
  for (let i = 1; i < line.length && found.length < count - 1; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const length = distance(a, b);
    while (found.length < count - 1 && step * found.length <= walked + length) {
      found.push(between(a, b, length === 0 ? 0 : (step * found.length - walked) / length));
    }
    walked += length;
  }
  while (found.length < count) found.push(line[line.length - 1]!);
  return found;
}

/** The mask's largest outline, smoothed over `window` pixels of its length, with points about a pixel apart. Empty for an empty mask. */
export function outlineOf(mask: Mask, window: number): Point[] {
  let best: Point[] = [];
  let most = 0;
  for (const edges of ringsOf(maskColumns(mask))) {
    const ring = edges.map(({ from }) => from as Point);
    const area = signedArea(ring);
    if (area > most) [best, most] = [ring, area];
  }
  if (best.length === 0) return [];
  const closed = [...best, best[0]!];
  const even = resample(closed, Math.max(16, Math.round(lengthOf(closed)) + 1)).slice(0, -1);
  return smoothRing(even, Math.round(window / 2));
}

/** Each point becomes the mean of those up to `reach` before and after it. */
export function smoothRing(ring: readonly Point[], reach: number): Point[] {
  if (reach < 1 || ring.length < 2 * reach + 1) return [...ring];
  const n = ring.length;
  let [x, y] = [0, 0];
  for (let i = -reach; i <= reach; i++) {
    x += ring[(i + n) % n]![0];
    y += ring[(i + n) % n]![1];
  }
  const span = 2 * reach + 1;
  return ring.map((_, i) => {
    const point: Point = [x / span, y / span];
    const [out, into] = [ring[(i - reach + n) % n]!, ring[(i + reach + 1) % n]!];
    x += into[0] - out[0];
    y += into[1] - out[1];
    return point;
  });
}

/** The points from index `from` on to index `to`, both included, going round the end. */
export function arc(ring: readonly Point[], from: number, to: number): Point[] {
  return from <= to ? ring.slice(from, to + 1) : [...ring.slice(from), ...ring.slice(0, to + 1)];
}

/** The index of the point with the highest value among those that `value` does not make null; -1 if there is none. */
export function argmax(
  points: readonly Point[],
  value: (point: Point, index: number) => number | null,
): number {
  let best = -1;
  let most = -Infinity;
  for (let i = 0; i < points.length; i++) {
    const found = value(points[i]!, i);
    if (found === null || found <= most) continue;
    best = i;
    most = found;
  }
  return best;
}

export interface Frame {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly width: number;
  readonly height: number;
}

export function frameOf(points: readonly Point[]): Frame {
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    x1 = Math.min(x1, x);
    y1 = Math.min(y1, y);
    x2 = Math.max(x2, x);
    y2 = Math.max(y2, y);
  }
  return { x1, y1, x2, y2, width: x2 - x1, height: y2 - y1 };
}
