/**
 * What tells a garment's pixels from those around it: their colours, and the outline network's probabilities along the picture's edges.
 * Everything is row by row; masks and probabilities have the size of the picture.
 */
import type { Image, Mask } from '../vision/contract.ts';
import { halve } from './pixels.ts';

/** Histogram cells a channel: 4 bits. */
const CELLS = 16 ** 3;

/**
 * Probability of each pixel being the garment's by its colour alone, near the garment and within it; else 0. `reach` in pixels is how
 * far the mask may be off. Float32Array [height, width].
 */
export function likeness(image: Image, mask: Mask, reach: number): Float32Array {
  const { width, height } = mask;
  const r = Math.max(1, Math.round(reach));
  const near = boxMean(new Float32Array(mask.data), width, height, r);
  const wide = boxMean(near, width, height, r);
  const [inner, outer] = histograms(image, mask, wide, r);
  const alike = new Float32Array(width * height);
  for (let i = 0; i < alike.length; i++) {
    if (wide[i]! <= 0.02) continue;
    const cell = cellOf(image.data, i * 3);
    const byColour = (inner[cell]! + FLOOR) / (outer[cell]! + FLOOR);
    alike[i] = byColour / (1 + byColour);
  }
  return alike;
}

/** Of a histogram's mass: what a colour that was not seen is taken for. */
const FLOOR = 2e-4;

function cellOf(data: Uint8Array, at: number): number {
  return ((data[at]! >> 4) << 8) | ((data[at + 1]! >> 4) << 4) | (data[at + 2]! >> 4);
}

/** Shares of colours safely inside, and in the surroundings. */
function histograms(image: Image, mask: Mask, wide: Float32Array, r: number): [Float32Array, Float32Array] {
  const inside = new Float32Array(CELLS);
  const outside = new Float32Array(CELLS);
  const far = boxMean(wide, mask.width, mask.height, 2 * r);
  let [a, b] = [0, 0];
  for (let i = 0; i < wide.length; i++) {
    const cell = cellOf(image.data, i * 3);
    if (wide[i]! > 0.9) {
      inside[cell] = inside[cell]! + 1;
      a++;
    } else if (wide[i]! < 0.03 && far[i]! > 0) {
      outside[cell] = outside[cell]! + 1;
      b++;
    }
  }
  return [spread(inside, a), spread(outside, b)];
}

/** Shares, with some of each cell's in the cells beside it. */
function spread(counts: Float32Array, total: number): Float32Array {
  const found = new Float32Array(CELLS);
  const n = Math.max(1, total);
  for (let cell = 0; cell < CELLS; cell++) {
    const count = counts[cell]! / n;
    if (count === 0) continue;
    found[cell] = found[cell]! + count * 0.4;
    for (const [step, bits] of [
      [1, cell & 15],
      [16, (cell >> 4) & 15],
      [256, cell >> 8],
    ] as const) {
      if (bits > 0) found[cell - step] = found[cell - step]! + count * 0.1;
      if (bits < 15) found[cell + step] = found[cell + step]! + count * 0.1;
    }
  }
  return found;
}

/** The mean over squares of 2r + 1 pixels, cut at the edges. Float32Array [height, width]. */
export function boxMean(values: Float32Array, width: number, height: number, r: number): Float32Array {
  const out = new Float32Array(values.length);
  const rows = scratch(values.length);
  const shares = windowShares(width, r);
  for (let y = 0; y < height; y++) meanOfRow(values, rows, y * width, width, r, shares);
  const sums = new Float64Array(width);
  for (let i = 0; i < Math.min(r, height) * width; )
    for (let x = 0; x < width; x++, i++) sums[x] = sums[x]! + rows[i]!;
  const down = windowShares(height, r);
  for (let y = 0; y < height; y++) {
    const share = down[y]!;
    const [into, from, to] = [y + r < height ? r * width : -1, y > r ? (r + 1) * width : -1, y * width];
    for (let x = 0, i = to; x < width; x++, i++) {
      let sum = sums[x]!;
      if (into >= 0) sum += rows[i + into]!;
      if (from >= 0) sum -= rows[i - from]!;
      sums[x] = sum;
      out[i] = sum * share;
    }
  }
  return out;
}

function meanOfRow(
  values: Float32Array,
  out: Float32Array,
  row: number,
  width: number,
  r: number,
  shares: Float64Array,
): void {
  let sum = 0;
  for (let x = 0; x < Math.min(r, width); x++) sum += values[row + x]!;
  const [starts, ends] = [Math.min(r + 1, width), Math.max(0, width - r)];
  for (let x = 0; x < starts; x++) {
    if (x < ends) sum += values[row + x + r]!;
    out[row + x] = sum * shares[x]!;
  }
  const share = shares[Math.min(r, width - 1)]!;
  for (let x = starts; x < ends; x++) {
    sum += values[row + x + r]! - values[row + x - r - 1]!;
    out[row + x] = sum * share;
  }
  for (let x = Math.max(starts, ends); x < width; x++) {
    sum -= values[row + x - r - 1]!;
    out[row + x] = sum * shares[x]!;
  }
}

let kept = new Float32Array(0);

/** Numbers to work with, of no use once the function that asked for them has returned: fresh ones would take longer than the work. */
function scratch(size: number): Float32Array {
  if (kept.length < size) kept = new Float32Array(size);
  return kept;
}

/** One by the number of places within `r` of each along a line. */
function windowShares(length: number, r: number): Float64Array {
  const shares = new Float64Array(length);
  for (let i = 0; i < length; i++) shares[i] = 1 / (Math.min(length - 1, i + r) - Math.max(0, i - r) + 1);
  return shares;
}

function planes(count: number, size: number): Float32Array[] {
  return Array.from({ length: count }, () => new Float32Array(size));
}

/**
 * Smooths `values` but for where the picture has an edge, with the three colours as the guide. `softness` is the contrast, in
 * levels of 256, that counts as an edge. What it fits is fitted on pixels of twice the size, a quarter of the work (fast guided
 * filter: He, Sun 2015).
 */
export function guidedFilter(image: Image, values: Float32Array, r: number, softness: number): Float32Array {
  const { width, height } = image;
  const [w, h] = [(width + 1) >> 1, (height + 1) >> 1];
  const n = w * h;
  const mean = (plane: Float32Array) => boxMean(plane, w, h, Math.max(1, Math.round(r / 2)));
  const small = [...halveColours(image), halve(values, width, height)];
  const [red, green, blue, p] = small as [Float32Array, Float32Array, Float32Array, Float32Array];
  const means = small.map(mean);
  const products = planes(9, n);
  for (let i = 0; i < n; i++) {
    const [a, b, c, d] = [red[i]!, green[i]!, blue[i]!, p[i]!];
    products[0]![i] = a * a;
    products[1]![i] = a * b;
    products[2]![i] = a * c;
    products[3]![i] = b * b;
    products[4]![i] = b * c;
    products[5]![i] = c * c;
    products[6]![i] = a * d;
    products[7]![i] = b * d;
    products[8]![i] = c * d;
  }
  const fitted = fitLines(means, products.map(mean), softness * softness * 0.25);
  return applyLines(image, fitted.map(mean), w, h);
}

/** The three colours on pixels of twice the size: Float32Array [rows, columns] each. */
function halveColours({ width, height, data }: Image): Float32Array[] {
  const [w, h] = [(width + 1) >> 1, (height + 1) >> 1];
  const halves = planes(3, w * h);
  for (let y = 0, to = 0; y < h; y++) {
    const above = 2 * y * width * 3;
    const below = 2 * y + 1 < height ? above + width * 3 : above;
    for (let x = 0; x < w; x++, to++) {
      const left = 6 * x;
      const right = 2 * x + 1 < width ? left + 3 : left;
      for (let c = 0; c < 3; c++) {
        const sum =
          data[above + left + c]! +
          data[above + right + c]! +
          data[below + left + c]! +
          data[below + right + c]!;
        halves[c]![to] = sum / 4;
      }
    }
  }
  return halves;
}

/**
 * For each place, the linear function of the colours that is nearest to the values around it: three slopes and what is added.
 * `means` and `products` are means of the colours and the value, and of their products; `e` keeps slopes small.
 */
function fitLines(means: readonly Float32Array[], products: readonly Float32Array[], e: number) {
  const n = means[0]!.length;
  const lines = planes(4, n);
  for (let i = 0; i < n; i++) {
    const [r0, g0, b0, p0] = [means[0]![i]!, means[1]![i]!, means[2]![i]!, means[3]![i]!];
    const a = products[0]![i]! - r0 * r0 + e;
    const b = products[1]![i]! - r0 * g0;
    const c = products[2]![i]! - r0 * b0;
    const d = products[3]![i]! - g0 * g0 + e;
    const f = products[4]![i]! - g0 * b0;
    const g = products[5]![i]! - b0 * b0 + e;
    const x = products[6]![i]! - r0 * p0;
    const y = products[7]![i]! - g0 * p0;
    const z = products[8]![i]! - b0 * p0;
    const [i0, i1, i2] = [d * g - f * f, c * f - b * g, b * f - c * d];
    const [i3, i4, i5] = [a * g - c * c, b * c - a * f, a * d - b * b];
    const det = a * i0 + b * i1 + c * i2;
    const ar = (i0 * x + i1 * y + i2 * z) / det;
    const ag = (i1 * x + i3 * y + i4 * z) / det;
    const ab = (i2 * x + i4 * y + i5 * z) / det;
    lines[0]![i] = ar;
    lines[1]![i] = ag;
    lines[2]![i] = ab;
    lines[3]![i] = p0 - ar * r0 - ag * g0 - ab * b0;
  }
  return lines;
}

/** The lines, between the places at which they were fitted, applied to each pixel's colour; 0 to 1. */
function applyLines(
  { width, height, data }: Image,
  lines: readonly Float32Array[],
  w: number,
  h: number,
): Float32Array {
  const out = new Float32Array(width * height);
  const [red, green, blue, base] = lines as [Float32Array, Float32Array, Float32Array, Float32Array];
  for (let y = 0, i = 0; y < height; y++) {
    const v = Math.min(h - 1, Math.max(0, y / 2 - 0.25));
    const above = (v | 0) * w;
    const below = Math.min(h - 1, (v | 0) + 1) * w;
    const t = v - (v | 0);
    for (let x = 0; x < width; x++, i++) {
      const u = Math.min(w - 1, Math.max(0, x / 2 - 0.25));
      const left = u | 0;
      const right = Math.min(w - 1, left + 1);
      const s = u - left;
      const [p, q] = [(1 - s) * (1 - t), s * (1 - t)];
      const [k, l] = [(1 - s) * t, s * t];
      const [a, b, c, d] = [above + left, above + right, below + left, below + right];
      const value =
        (red[a]! * p + red[b]! * q + red[c]! * k + red[d]! * l) * data[i * 3]! +
        (green[a]! * p + green[b]! * q + green[c]! * k + green[d]! * l) * data[i * 3 + 1]! +
        (blue[a]! * p + blue[b]! * q + blue[c]! * k + blue[d]! * l) * data[i * 3 + 2]! +
        (base[a]! * p + base[b]! * q + base[c]! * k + base[d]! * l);
      out[i] = Math.min(1, Math.max(0, value));
    }
  }
  return out;
}

/** The largest connected piece of what is at least `threshold`, its small holes filled. */
export function largestPiece(
  probabilities: Float32Array,
  width: number,
  height: number,
  threshold = 0.5,
): Mask {
  const above = new Uint8Array(probabilities.length);
  for (let i = 0; i < above.length; i++) above[i] = probabilities[i]! >= threshold ? 1 : 0;
  const pieces = piecesOf(above, 1, width);
  const best = pieces.reduce((a, b) => (b.length > a.length ? b : a), new Int32Array(0));
  const data = new Uint8Array(above.length);
  for (const i of best) data[i] = 1;
  for (const hole of piecesOf(data, 0, width)) {
    if (hole.length < best.length / 200) for (const i of hole) data[i] = 1;
  }
  return { width, height, data };
}

/** The pixels of each connected piece (by their sides) of those that have `value`. */
export function piecesOf(mask: Uint8Array, value: number, width: number): Int32Array[] {
  const seen = new Uint8Array(mask.length);
  // Each pixel enters it once: a queue whose parts are the pieces.
  const queue = new Int32Array(mask.length);
  const pieces: Int32Array[] = [];
  let end = 0;
  const visit = (i: number) => {
    if (i < 0 || i >= mask.length || seen[i] === 1 || mask[i] !== value) return;
    seen[i] = 1;
    queue[end++] = i;
  };
  for (let first = 0; first < mask.length; first++) {
    if (seen[first] === 1 || mask[first] !== value) continue;
    const start = end;
    visit(first);
    for (let at = start; at < end; at++) {
      const i = queue[at]!;
      const x = i % width;
      if (x > 0) visit(i - 1);
      if (x < width - 1) visit(i + 1);
      visit(i - width);
      visit(i + width);
    }
    pieces.push(queue.subarray(start, end));
  }
  return pieces;
}
