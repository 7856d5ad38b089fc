/** A free outline drawn by hand, in pixels of the picture: the corners of a closed polygon. */
import { LEAST_SIDE, type Size } from './region.ts';

export type Outline = readonly (readonly [x: number, y: number])[];

/** The server takes twice as many. */
const MOST_POINTS = 100;
/** Corners are at least this share of the picture's long side apart. */
const STEP = 0.008;

/** The outline with one more point of the pointer's path, if that is far enough from the last; within the picture. */
export function extended(outline: Outline, [x, y]: readonly [number, number], size: Size): Outline {
  const point = [clamp(x, size.width), clamp(y, size.height)] as const;
  const last = outline.at(-1);
  const step = STEP * Math.max(size.width, size.height);
  if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < step) return outline;
  return [...outline, point];
}

/** The same path with at most as many corners as are sent. */
export function thinned(outline: Outline): Outline {
  const every = Math.ceil(outline.length / MOST_POINTS);
  return outline.filter((_, i) => i % every === 0);
}

/** Whether it surrounds enough to be searched with. */
export function isClosed(outline: Outline): boolean {
  if (outline.length < 3) return false;
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
  const isWide = (list: number[]) => Math.max(...list) - Math.min(...list) >= LEAST_SIDE;
  return isWide(xs) && isWide(ys) && areaOf(outline) >= LEAST_SIDE ** 2;
}

/** By the shoelace formula. */
function areaOf(outline: Outline): number {
  const twice = outline.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = outline[(i + 1) % outline.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

/** As the data of an SVG path. */
export function outlinePath(outline: Outline): string {
  return outline.length > 0
    ? `M${outline.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`
    : '';
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}
