/** The borders of a mask, traced along the sides of its pixels. */
import type { Columns } from './columns.ts';

/** A corner of a pixel, or the middle of one of its sides, in image pixels. */
export type Point = readonly [x: number, y: number];

/** A straight segment between pixels, from corner to corner; the mask is on the right-hand side of its direction. */
export interface Edge {
  readonly from: Point;
  readonly to: Point;
}

/**
 * Every segment between the mask and its surroundings: horizontal ones are one pixel long, vertical ones as long as
 * possible.
 */
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
 * The borders of a mask as closed rings: clockwise on the screen around each piece, anticlockwise around each hole.
 * Pieces that touch only at a corner have separate rings.
 */
export function ringsOf(columns: Columns): Edge[][] {
  const edges = edgesOf(columns);
  const leaving = new Map<number, Edge[]>();
  for (const edge of edges) {
    const ways = leaving.get(key(edge.from));
    if (ways) ways.push(edge);
    else leaving.set(key(edge.from), [edge]);
  }
  const rings: Edge[][] = [];
  const walked = new Set<Edge>();
  for (const first of edges) {
    if (walked.has(first)) continue;
    const ring: Edge[] = [];
    let edge = first;
    do {
      walked.add(edge);
      ring.push(edge);
      edge = onward(edge, leaving.get(key(edge.to))!);
    } while (edge !== first);
    rings.push(ring);
  }
  return rings;
}

/** A number for a corner; images are far less than 2 ** 20 pixels high. */
function key([x, y]: Point): number {
  return x * 2 ** 20 + y;
}

/**
 * The edge that continues the ring. Where two pixels touch only at a corner, turning right stays with the same pixel.
 */
function onward({ from, to }: Edge, ways: readonly Edge[]): Edge {
  if (ways.length === 1) return ways[0]!;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return ways.find((way) => dx * (way.to[1] - to[1]) - dy * (way.to[0] - to[0]) > 0)!;
}

/** Shoelace formula for a polygon's points: positive if they are clockwise on the screen. */
export function signedArea(points: readonly Point[]): number {
  let twice = 0;
  points.forEach(([x2, y2], i) => {
    const [x1, y1] = points.at(i - 1)!;
    twice += x1 * y2 - x2 * y1;
  });
  return twice / 2;
}
