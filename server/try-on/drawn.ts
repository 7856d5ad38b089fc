/** Which pixels the new garment is drawn on: the worn garment's outline, without slits and with hems as square as an item's. */
import type { Mask, Point } from '../vision/contract.ts';
import { polygonMask } from '../vision/masks/polygon.ts';
import type { AnchorName, Anchors } from './anchors.ts';
import { coverOf, EDGE } from './compose.ts';
import { arc, frameOf } from './geometry.ts';
import { maskWhere } from './pixels.ts';
import { boxMean, piecesOf } from './refine.ts';
import { HEMS, SIDE, slopeOf } from './trim.ts';
import type { View } from './view.ts';

/** Pixels of a view beyond the outline that may show a little of the garment, and over which its edge is made even. */
const BLUR = 2;

/**
 * How far within the worn garment's outline each pixel of the view lies, and not behind something: from 0 well outside to 1 well
 * inside, .5 on the edge, which is free of what is smaller than a few pixels. `seen` is the same without what is drawn beyond what is
 * seen: small holes and the corners of hems. Float32Array [height, width].
 */
export function drawnOver(
  { mask, inside }: Pick<View, 'mask' | 'inside'>,
  anchors: Anchors,
  front: Uint8Array,
): { drawn: Float32Array; seen: Float32Array } {
  const { width, height } = mask;
  const sure = new Float32Array(inside.length);
  const near = boxMean(new Float32Array(mask.data), width, height, BLUR);
  for (let i = 0; i < sure.length; i++) {
    const isIts = mask.data[i] === 1 || (inside[i]! < 0.5 && near[i]! > 1e-3);
    sure[i] = isIts && front[i] === 0 ? Math.min(1, Math.max(0, 2 * inside[i]! - 0.4)) : 0;
  }
  const seen = soften(sure, width, height);
  const holes = holesIn(seen, front, width);
  for (const i of holes) sure[i] = 1;
  const drawn = holes.length === 0 ? new Float32Array(seen) : soften(sure, width, height);
  for (const [first, last] of HEMS[anchors.kind] ?? [])
    squareHem(drawn, sure, anchors, front, [first, last], mask);
  return { drawn, seen };
}

function soften(sure: Float32Array, width: number, height: number): Float32Array {
  return boxMean(boxMean(sure, width, height, BLUR), width, height, 1);
}

/** Of what is drawn: a smaller hole is a slit where legs meet, or the seam in it, and would show colours from farther away. */
const HOLE = 1 / 200;

/** Pixels of small holes in what is drawn, with cloth all around. */
function holesIn(drawn: Float32Array, front: Uint8Array, width: number): number[] {
  const isOpen = maskWhere(drawn, (value) => coverOf(value) < 0.5);
  const area = isOpen.reduce((sum, open) => sum - open, isOpen.length);
  const isElse = (i: number) =>
    front[i] === 1 || i < width || i >= isOpen.length - width || i % width === 0 || i % width === width - 1;
  return piecesOf(isOpen, 1, width)
    .filter((piece) => piece.length < HOLE * area && !piece.some(isElse))
    .flatMap((piece) => [...piece]);
}

/** Pixels by which a leg is continued below its hem, and around it. */
const BELOW = 6;
const AROUND = 10;

/** Softening has rounded the hem's corners: there, the sides go on to below the hem, which is then cut along its curve. */
function squareHem(
  drawn: Float32Array,
  sure: Float32Array,
  { outline, at }: Anchors,
  front: Uint8Array,
  [first, last]: readonly [AnchorName, AnchorName],
  { width, height }: Mask,
): void {
  const [right, left] = [at[first]!, at[last]!];
  const hem = arc(outline, right, left);
  const frame = frameOf(hem);
  if (hem.length < 4 || frame.width < BELOW) return;
  const below = ([x, y]: Point, slope: number): Point => [x + slope * BELOW, y + BELOW];
  const sideOf = (index: number, step: 1 | -1) =>
    outline[(index + step * SIDE.from + outline.length) % outline.length]!;
  const leg: Point[] = [
    sideOf(right, -1),
    hem[0]!,
    below(hem[0]!, slopeOf(outline, right, -1)),
    below(hem.at(-1)!, slopeOf(outline, left, 1)),
    hem.at(-1)!,
    sideOf(left, 1),
  ];
  const [x1, y1] = [Math.max(0, Math.floor(frame.x1) - AROUND), Math.max(0, Math.floor(frame.y1) - AROUND)];
  const [x2, y2] = [
    Math.min(width, Math.ceil(frame.x2) + AROUND),
    Math.min(height, Math.ceil(frame.y2) + AROUND),
  ];
  const [w, h] = [x2 - x1, y2 - y1];
  const added = polygonMask(
    leg.map(([x, y]): Point => [x - x1, y - y1]),
    { width: w, height: h },
  );
  const part = new Float32Array(w * h);
  for (let y = 0, i = 0; y < h; y++) {
    for (let x = 0; x < w; x++, i++) {
      const of = (y1 + y) * width + x1 + x;
      part[i] = added.data[i] === 1 && front[of] === 0 ? 1 : sure[of]!;
    }
  }
  const soft = soften(part, w, h);
  const ends = hemBy(hem, x1, w);
  for (let y = 0, i = 0; y < h; y++) {
    for (let x = 0; x < w; x++, i++) {
      const of = (y1 + y) * width + x1 + x;
      const within = EDGE.at + (ends[x]! - (y1 + y)) / (2 * BLUR + 1);
      drawn[of] = Math.max(drawn[of]!, Math.min(soft[i]!, within));
    }
  }
}

/** Where a hem ends in each column from `x1` on; beside it, as at its end. */
function hemBy(hem: readonly Point[], x1: number, count: number): Float32Array {
  const ends = new Float32Array(count);
  const [start, end] = hem[0]![0] < hem.at(-1)![0] ? [hem, hem.toReversed()] : [hem.toReversed(), hem];
  let k = 0;
  for (let x = 0; x < count; x++) {
    const at = x1 + x + 0.5;
    while (k < start.length - 2 && start[k + 1]![0] < at) k++;
    const [[ax, ay], [bx, by]] = [start[k]!, start[k + 1]!];
    const share = Math.min(1, Math.max(0, (at - ax) / Math.max(1e-6, bx - ax)));
    ends[x] = at >= end[0]![0] ? end[0]![1] : ay + (by - ay) * share;
  }
  return ends;
}
