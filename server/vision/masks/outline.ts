/** The outline of a mask as SVG path data. */
import { type Edge, type Point, ringsOf, signedArea } from './rings.ts';
import { rleColumns } from './rle.ts';

/**
 * Outer contours and holes of an RLE string's mask as SVG path data in image pixels (pixel x spans x to x + 1), for
 * either fill rule. No point of the outline moves by more than about `tolerance` pixels; specks and holes smaller than
 * about `tolerance`² pixels are left out. An empty mask gives an empty string. Throws RangeError as `rleDecode` does.
 */
export function rleToPath(rle: string, width: number, height: number, tolerance = 1): string {
  const parts: string[] = [];
  for (const edges of ringsOf(rleColumns(rle, width, height))) {
    const ring = edges.flatMap(middles);
    if (Math.abs(signedArea(ring)) < Math.max(tolerance * tolerance, 0.5)) continue;
    const points = simplifyRing([...ring, ring[0]!], tolerance);
    if (points.length < 3) continue;
    parts.push(`M${points.map(([x, y]) => `${x},${y}`).join('L')}Z`);
  }
  return parts.join('');
}

/**
 * The middle of an edge's first pixel and, if the edge is longer, of its last. Like marching squares, a ring through
 * the middles of pixel sides cuts every corner by half a pixel and turns a staircase into a slanted line.
 */
function middles({ from: [x1, y1], to: [x2, y2] }: Edge): Point[] {
  if (y1 === y2) return [[(x1 + x2) / 2, y1]];
  const half = Math.sign(y2 - y1) / 2;
  const first: Point = [x1, y1 + half];
  return Math.abs(y2 - y1) === 1 ? [first] : [first, [x1, y2 - half]];
}

/**
 * Ramer–Douglas–Peucker on a closed ring (first point = last), which is first split at the point farthest from its
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

/** The point between two others that is farthest from the segment joining them, in pixels. */
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
