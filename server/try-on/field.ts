/** Where each pixel of the worn garment finds its colour on the item's picture: a coarse grid of the parts' splines. */
import type { Mask, Point } from '../vision/contract.ts';
import { polygonMask } from '../vision/masks/polygon.ts';
import type { Part } from './parts.ts';
import { fitSpline, stretchOf } from './spline.ts';

/** Pixels between the grid's lines. */
const STEP = 4;
/** Bending that is given up, so that a jagged outline does not ripple the cloth. */
export const STIFFNESS = 0.0015;

export interface Field {
  readonly width: number;
  readonly height: number;
  /** For each pixel, the number of its part. Uint8Array [height, width]. */
  readonly part: Uint8Array;
  /** For each part, x and y on the item's picture at every grid point: Float32Array [rows, columns, 2]. */
  readonly grids: readonly Float32Array[];
  readonly columns: number;
  readonly rows: number;
}

/** How the field bends the cloth, over the grid cells within each part. */
export interface Bend {
  readonly folds: number;
  /** Of the longest stretch by the shortest, the 95th percentile. */
  readonly ratio: number;
  /** Of the stretch of areas, the 95th percentile by the 5th. */
  readonly evenness: number;
}

/** Throws RangeError if a part's points lie on a line. */
export function makeField(
  parts: readonly Part[],
  width: number,
  height: number,
): { field: Field; bend: Bend; drawn: Mask } {
  const [columns, rows] = [Math.ceil(width / STEP) + 1, Math.ceil(height / STEP) + 1];
  const masks = parts.map(({ worn }) => polygonMask(worn, { width, height }));
  const part = partOf(masks, width, height);
  const grids = parts.map(({ worn, item }, number) => {
    const warp = fitSpline(worn, item, STIFFNESS);
    const wanted = pointsAround(part, number, width, columns, rows);
    const grid = new Float32Array(columns * rows * 2);
    for (let j = 0, at = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++, at++) {
        if (wanted[at] === 1) grid.set(warp(i * STEP, j * STEP), at * 2);
      }
    }
    return grid;
  });
  const field = { width, height, part, grids, columns, rows };
  const drawn = new Uint8Array(width * height);
  for (const { data } of masks) for (let i = 0; i < drawn.length; i++) drawn[i] = drawn[i]! | data[i]!;
  return { field, bend: bendOf(field, masks), drawn: { width, height, data: drawn } };
}

/** The grid's points that a pixel of a part may be placed by: those of its cell and one beyond. */
function pointsAround(
  part: Uint8Array,
  number: number,
  width: number,
  columns: number,
  rows: number,
): Uint8Array {
  const cells = new Uint8Array(columns * rows);
  for (let i = 0, x = 0, row = 0, y = 0; i < part.length; i++) {
    if (part[i] === number) cells[row + ((x / STEP) | 0)] = 1;
    if (++x < width) continue;
    x = 0;
    y++;
    row = ((y / STEP) | 0) * columns;
  }
  const wanted = new Uint8Array(columns * rows);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      if (cells[j * columns + i] === 0) continue;
      for (let v = Math.max(0, j - 1); v <= Math.min(rows - 1, j + 2); v++) {
        wanted.fill(1, v * columns + Math.max(0, i - 1), v * columns + Math.min(columns, i + 3));
      }
    }
  }
  return wanted;
}

/** The part in whose border a pixel lies, else that of the nearest pixel which lies in one. */
function partOf(masks: readonly Mask[], width: number, height: number): Uint8Array {
  const found = new Uint8Array(width * height).fill(255);
  masks.forEach(({ data }, number) => {
    for (let i = 0; i < data.length; i++) if (data[i] === 1) found[i] = number;
  });
  let front: number[] = [];
  for (let i = 0; i < found.length; i++) if (found[i] !== 255) front.push(i);
  while (front.length > 0) {
    const next: number[] = [];
    for (const i of front) {
      const x = i % width;
      for (const j of [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width]) {
        if (j < 0 || j >= found.length || found[j] !== 255) continue;
        found[j] = found[i]!;
        next.push(j);
      }
    }
    front = next;
  }
  return found;
}

function bendOf({ width, height, grids, columns }: Field, masks: readonly Mask[]): Bend {
  const [ratios, areas]: [number[], number[]] = [[], []];
  let folds = 0;
  masks.forEach(({ data }, number) => {
    const grid = grids[number]!;
    const at = (i: number, j: number): Point => [
      grid[(j * columns + i) * 2]!,
      grid[(j * columns + i) * 2 + 1]!,
    ];
    for (let y = 0, j = 0; y + STEP < height; y += STEP, j++) {
      for (let x = 0, i = 0; x + STEP < width; x += STEP, i++) {
        if (data[(y + STEP / 2) * width + x + STEP / 2] === 0) continue;
        const corner = at(i, j);
        const along = (to: Point): Point => [(to[0] - corner[0]) / STEP, (to[1] - corner[1]) / STEP];
        const { area, ratio } = stretchOf(along(at(i + 1, j)), along(at(i, j + 1)));
        if (area <= 0) folds++;
        ratios.push(ratio);
        areas.push(area);
      }
    }
  });
  if (ratios.length === 0) return { folds: 1, ratio: Infinity, evenness: Infinity };
  const at = (values: Float64Array, share: number) =>
    values[Math.min(values.length - 1, Math.floor(share * values.length))]!;
  const [byRatio, byArea] = [Float64Array.from(ratios).sort(), Float64Array.from(areas).sort()];
  return { folds, ratio: at(byRatio, 0.95), evenness: at(byArea, 0.95) / Math.max(1e-9, at(byArea, 0.05)) };
}

/** Where a place finds its colour. */
export function placeOn(
  { width, height, part, grids, columns, rows }: Field,
  x: number,
  y: number,
  out: { x: number; y: number },
): void {
  const px = Math.min(width - 1, Math.max(0, Math.round(x)));
  const py = Math.min(height - 1, Math.max(0, Math.round(y)));
  const grid = grids[part[py * width + px]!] ?? grids[0]!;
  const [u, v] = [Math.max(0, x / STEP), Math.max(0, y / STEP)];
  const i = Math.min(columns - 2, u | 0);
  const j = Math.min(rows - 2, v | 0);
  const [s, t] = [u - i, v - j];
  const a = (j * columns + i) * 2;
  const b = a + columns * 2;
  out.x = (grid[a]! * (1 - s) + grid[a + 2]! * s) * (1 - t) + (grid[b]! * (1 - s) + grid[b + 2]! * s) * t;
  out.y =
    (grid[a + 1]! * (1 - s) + grid[a + 3]! * s) * (1 - t) + (grid[b + 1]! * (1 - s) + grid[b + 3]! * s) * t;
}
