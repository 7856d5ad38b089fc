/** The outline of a mask as SVG path data. */
import { contours } from 'd3-contour';
import { type Bounds, maskBounds } from './bounds.ts';
import type { Mask } from './contract.ts';

type Point = readonly [x: number, y: number];

/**
 * Outer contours and holes of a mask as SVG path data in image pixels (pixel x spans x to x + 1), for either fill
 * rule; no point of the outline is moved by more than about `tolerance` pixels. Specks and holes of fewer than about
 * `tolerance`² pixels are left out. An empty mask gives an empty string.
 */
export function maskToPath(mask: Mask, tolerance = 1): string {
  const bounds = maskBounds(mask);
  const { values, width, height } = cropOf(mask, bounds);
  const { coordinates } = contours().size([width, height]).smooth(false).contour(values, 0.5);
  const parts: string[] = [];
  for (const polygon of coordinates) {
    for (const positions of polygon) {
      const ring = positions.map(([x, y]): Point => [x! + bounds.x1, y! + bounds.y1]);
      if (ringArea(ring) < Math.max(tolerance * tolerance, 0.5)) continue;
      const points = simplifyRing(ring, tolerance);
      if (points.length < 3) continue;
      parts.push(`M${points.map(([x, y]) => `${x},${y}`).join('L')}Z`);
    }
  }
  return parts.join('');
}

/** The pixels inside the bounds, as the plain numbers that d3-contour takes. */
function cropOf({ width, data }: Mask, { x1, y1, x2, y2 }: Bounds) {
  const values = new Array<number>((x2 - x1) * (y2 - y1));
  let to = 0;
  for (let y = y1; y < y2; y++) {
    for (let at = y * width + x1; at < y * width + x2; at++) values[to++] = data[at]!;
  }
  return { values, width: x2 - x1, height: y2 - y1 };
}

/** Shoelace formula over a closed ring. */
function ringArea(ring: readonly Point[]): number {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1]!;
    const [x2, y2] = ring[i]!;
    twice += x1 * y2 - x2 * y1;
  }
  return Math.abs(twice) / 2;
}

/**
 * Ramer–Douglas–Peucker over a closed ring (first point = last), which is halved first at the point farthest from its
 * start. Returns an open list of points.
 */
function simplifyRing(ring: readonly Point[], tolerance: number): Point[] {
  const keep = new Uint8Array(ring.length);
  const last = ring.length - 1;
  const far = farthest(ring, 0, last).index;
  keep[0] = keep[far] = 1;
  const spans: [number, number][] = [
    [0, far],
    [far, last],
  ];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    const { index, distance } = farthest(ring, from, to);
    if (distance <= tolerance) continue;
    keep[index] = 1;
    spans.push([from, index], [index, to]);
  }
  return ring.filter((_, i) => keep[i] === 1);
}

/** The point between two others that lies farthest from the segment that joins them, in pixels. */
function farthest(ring: readonly Point[], from: number, to: number): { index: number; distance: number } {
  const [ax, ay] = ring[from]!;
  const [bx, by] = ring[to]!;
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  let index = from;
  let most = 0;
  for (let i = from + 1; i < to; i++) {
    const [x, y] = ring[i]!;
    const along = length === 0 ? 0 : Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / length, 0), 1);
    const distance = (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2;
    if (distance > most) {
      most = distance;
      index = i;
    }
  }
  return { index, distance: Math.sqrt(most) };
}
