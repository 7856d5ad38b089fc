/**
 * Thin-plate splines from the plane to the plane (Bookstein 1989): the smoothest map that takes given points to given
 * points. U(r) = r² log r².
 */
import type { Point } from '../vision/contract.ts';

export type Warp = (x: number, y: number) => Point;

/**
 * The spline that takes `from[i]` near `to[i]`: exactly for `stiffness` 0, with less bending for more. Throws RangeError if the
 * points lie on a line.
 */
export function fitSpline(from: readonly Point[], to: readonly Point[], stiffness = 0): Warp {
  const n = from.length;
  // Numbers near 1 keep the system well conditioned.
  const scale = Math.max(
    1e-9,
    ...from.map(([x, y]) => Math.max(Math.abs(x - from[0]![0]), Math.abs(y - from[0]![1]))),
  );
  const [ox, oy] = from[0]!;
  const px = Float64Array.from(from, ([x]) => (x - ox) / scale);
  const py = Float64Array.from(from, ([, y]) => (y - oy) / scale);
  const size = n + 3;
  const columns = size + 2;
  const rows = Array.from({ length: size }, () => new Float64Array(columns));
  for (let i = 0; i < n; i++) {
    const row = rows[i]!;
    for (let j = 0; j < n; j++) row[j] = kernel(px[i]! - px[j]!, py[i]! - py[j]!);
    row[i] = row[i]! + stiffness;
    row.set([1, px[i]!, py[i]!], n);
    row.set(to[i]!, size);
    rows[n]![i] = 1;
    rows[n + 1]![i] = px[i]!;
    rows[n + 2]![i] = py[i]!;
  }
  solve(rows, size);
  const wx = Float64Array.from(rows, (row) => row[size]!);
  const wy = Float64Array.from(rows, (row) => row[size + 1]!);
  return (x, y) => {
    const [u, v] = [(x - ox) / scale, (y - oy) / scale];
    let atX = wx[n]! + wx[n + 1]! * u + wx[n + 2]! * v;
    let atY = wy[n]! + wy[n + 1]! * u + wy[n + 2]! * v;
    for (let i = 0; i < n; i++) {
      const k = kernel(u - px[i]!, v - py[i]!);
      atX += wx[i]! * k;
      atY += wy[i]! * k;
    }
    return [atX, atY];
  };
}

function kernel(x: number, y: number): number {
  const squared = x * x + y * y;
  return squared < 1e-18 ? 0 : squared * Math.log(squared);
}

/** Gauss–Jordan with partial pivoting, in place: afterwards the columns from `size` on hold the solutions. */
function solve(rows: Float64Array[], size: number): void {
  const columns = rows[0]!.length;
  for (let c = 0; c < size; c++) {
    let pivot = c;
    for (let r = c + 1; r < size; r++) if (Math.abs(rows[r]![c]!) > Math.abs(rows[pivot]![c]!)) pivot = r;
    if (Math.abs(rows[pivot]![c]!) < 1e-12) throw new RangeError('the points lie on a line');
    [rows[c], rows[pivot]] = [rows[pivot]!, rows[c]!];
    const row = rows[c]!;
    for (let r = c + 1; r < size; r++) {
      const factor = rows[r]![c]! / row[c]!;
      if (factor === 0) continue;
      for (let k = c; k < columns; k++) rows[r]![k] = rows[r]![k]! - factor * row[k]!;
    }
  }
  for (let c = size - 1; c >= 0; c--) {
    for (let k = size; k < columns; k++) {
      let sum = rows[c]![k]!;
      for (let j = c + 1; j < size; j++) sum -= rows[c]![j]! * rows[j]![k]!;
      rows[c]![k] = sum / rows[c]![c]!;
    }
  }
}

/** How a map stretches at one place. */
export interface Stretch {
  /** Area there by area here: negative where the map folds. */
  readonly area: number;
  /** The longest stretch by the shortest, at least 1; Infinity where it is flat. */
  readonly ratio: number;
}

/** Of the parallelogram that a unit square becomes: [∂x, ∂y] along each axis. */
export function stretchOf(alongX: Point, alongY: Point): Stretch {
  const [a, b] = alongX;
  const [c, d] = alongY;
  const area = a * d - b * c;
  const sum = a * a + b * b + c * c + d * d;
  const difference = Math.sqrt(Math.max(0, sum * sum - 4 * area * area));
  const [long, short] = [Math.sqrt((sum + difference) / 2), Math.sqrt(Math.max(0, (sum - difference) / 2))];
  return { area, ratio: short < 1e-9 ? Infinity : long / short };
}
