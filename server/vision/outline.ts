/** The outline of a mask as SVG path data. */
import { type Columns, maskColumns } from './columns.ts';
import type { Mask } from './contract.ts';
import { rleColumns } from './rle.ts';

type Point = readonly [x: number, y: number];

/**
 * Outer contours and holes of a mask as SVG path data in image pixels (pixel x spans x to x + 1), for either fill
 * rule; no point of the outline is moved by more than about `tolerance` pixels. Specks and holes of fewer than about
 * `tolerance`² pixels are left out. An empty mask gives an empty string.
 */
export function maskToPath(mask: Mask, tolerance = 1): string {
  return toPath(maskColumns(mask), tolerance);
}

/** The same of the mask that an RLE string describes; throws RangeError as `rleDecode` does. */
export function rleToPath(rle: string, width: number, height: number, tolerance = 1): string {
  return toPath(rleColumns(rle, width, height), tolerance);
}

function toPath(columns: Columns, tolerance: number): string {
  const parts: string[] = [];
  for (const ring of ringsOf(edgesOf(columns))) {
    if (ringArea(ring) < Math.max(tolerance * tolerance, 0.5)) continue;
    const points = simplifyRing(ring, tolerance);
    if (points.length < 3) continue;
    parts.push(`M${points.map(([x, y]) => `${x},${y}`).join('L')}Z`);
  }
  return parts.join('');
}

/** A straight piece between pixels, from corner to corner; the mask lies on the right of who walks along it. */
interface Edge {
  readonly from: Point;
  readonly to: Point;
}

/** Every piece between the mask and what is around it: one pixel long across, as long as it goes up or down. */
function edgesOf(columns: Columns): Edge[] {
  const edges: Edge[] = [];
  for (let x = 0; x <= columns.length; x++) {
    const before = columns[x - 1] ?? [];
    const here = columns[x] ?? [];
    for (let i = 0; i < here.length; i += 2) {
      const [top, bottom] = [here[i]!, here[i + 1]!];
      edges.push({ from: [x, top], to: [x + 1, top] }, { from: [x + 1, bottom], to: [x, bottom] });
    }
    let i = 0;
    let j = 0;
    for (let top = 0; i < before.length || j < here.length; ) {
      const bottom = Math.min(before[i] ?? Infinity, here[j] ?? Infinity);
      const [inBefore, inHere] = [i % 2 === 1, j % 2 === 1];
      if (inHere && !inBefore) edges.push({ from: [x, bottom], to: [x, top] });
      if (inBefore && !inHere) edges.push({ from: [x, top], to: [x, bottom] });
      if (before[i] === bottom) i++;
      if (here[j] === bottom) j++;
      top = bottom;
    }
  }
  return edges;
}

/**
 * Joins edges into closed rings (first point = last). A ring runs through the middles of the pixels' sides, which cuts
 * every corner by half a pixel and makes a slanted line of a staircase, as marching squares do.
 */
function ringsOf(edges: readonly Edge[]): Point[][] {
  const leaving = new Map<number, Edge[]>();
  for (const edge of edges) {
    const ways = leaving.get(key(edge.from));
    if (ways) ways.push(edge);
    else leaving.set(key(edge.from), [edge]);
  }
  const rings: Point[][] = [];
  const walked = new Set<Edge>();
  for (const first of edges) {
    if (walked.has(first)) continue;
    const ring: Point[] = [];
    let edge = first;
    do {
      walked.add(edge);
      ring.push(...middles(edge));
      edge = onward(edge, leaving.get(key(edge.to))!);
    } while (edge !== first);
    rings.push([...ring, ring[0]!]);
  }
  return rings;
}

/** A number for a corner; images are far less than 2 ** 20 pixels high. */
function key([x, y]: Point): number {
  return x * 2 ** 20 + y;
}

/** The edge that goes on. Where two pixels touch at a corner alone, the turn to the right stays with the same one. */
function onward({ from, to }: Edge, ways: readonly Edge[]): Edge {
  if (ways.length === 1) return ways[0]!;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return ways.find((way) => dx * (way.to[1] - to[1]) - dy * (way.to[0] - to[0]) > 0)!;
}

/** The middle of an edge's first pixel and, where it is longer, that of its last. */
function middles({ from: [x1, y1], to: [x2, y2] }: Edge): Point[] {
  if (y1 === y2) return [[(x1 + x2) / 2, y1]];
  const half = Math.sign(y2 - y1) / 2;
  const first: Point = [x1, y1 + half];
  return Math.abs(y2 - y1) === 1 ? [first] : [first, [x1, y2 - half]];
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
