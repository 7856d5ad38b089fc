/**
 * The parser's masks have 28 × 28 cells. Here an outline is moved, by at most about a cell, to where the colours change.
 * Everything is row by row; masks and probabilities have the size of the picture.
 */
import type { Image, Mask } from '../vision/contract.ts';

/** Histogram cells a channel: 4 bits. */
const CELLS = 16 ** 3;

/**
 * Probability of each pixel being the garment's, Float32Array [height, width]. `reach` in pixels is how far the outline may
 * be off; `within`, if given, is the probability of a pixel being the person's.
 */
export function refineMask(image: Image, mask: Mask, reach: number, within?: Float32Array): Float32Array {
  const { width, height } = mask;
  const r = Math.max(1, Math.round(reach));
  const near = boxMean(Float32Array.from(mask.data), width, height, r);
  const wide = boxMean(near, width, height, r);
  const [inside, outside] = histograms(image, mask, wide, r, within);
  const posterior = new Float32Array(width * height);
  for (let i = 0; i < posterior.length; i++) {
    const prior = wide[i]!;
    if (prior <= 0.02 || prior >= 0.98) {
      posterior[i] = prior >= 0.98 ? 1 : 0;
      continue;
    }
    const cell = cellOf(image.data, i * 3);
    const [a, b] = [inside[cell]!, outside[cell]!];
    // Colours seen on one side alone decide; the outline as found decides where both sides look alike.
    const odds = ((a + FLOOR) / (b + FLOOR)) * (prior / (1 - prior)) ** 1.5;
    const person = within ? Math.min(1, within[i]! * 1.6 + 0.05) : 1;
    posterior[i] = (odds / (1 + odds)) * person;
  }
  return guidedFilter(image, posterior, Math.max(2, Math.round(r * 0.6)), 40);
}

/** Of a histogram's mass: what a colour that was not seen is taken for. */
const FLOOR = 2e-4;

function cellOf(data: Uint8Array, at: number): number {
  return ((data[at]! >> 4) << 8) | ((data[at + 1]! >> 4) << 4) | (data[at + 2]! >> 4);
}

/** Shares of colours safely inside, and in the surroundings. */
function histograms(
  image: Image,
  mask: Mask,
  wide: Float32Array,
  r: number,
  within: Float32Array | undefined,
): [Float32Array, Float32Array] {
  const inside = new Float32Array(CELLS);
  const outside = new Float32Array(CELLS);
  const far = boxMean(wide, mask.width, mask.height, 2 * r);
  let [a, b] = [0, 0];
  for (let i = 0; i < wide.length; i++) {
    const cell = cellOf(image.data, i * 3);
    if (wide[i]! > 0.9) {
      inside[cell] = inside[cell]! + 1;
      a++;
    } else if (wide[i]! < 0.03 && (far[i]! > 0 || within)) {
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
  const rows = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(r, width); x++) sum += values[row + x]!;
    for (let x = 0; x < width; x++) {
      if (x + r < width) sum += values[row + x + r]!;
      if (x - r - 1 >= 0) sum -= values[row + x - r - 1]!;
      rows[row + x] = sum / (Math.min(width - 1, x + r) - Math.max(0, x - r) + 1);
    }
  }
  const out = new Float32Array(values.length);
  const sums = new Float64Array(width);
  for (let y = 0; y < Math.min(r, height); y++)
    for (let x = 0; x < width; x++) sums[x] = sums[x]! + rows[y * width + x]!;
  for (let y = 0; y < height; y++) {
    const [into, gone] = [y + r, y - r - 1];
    const count = Math.min(height - 1, y + r) - Math.max(0, y - r) + 1;
    for (let x = 0; x < width; x++) {
      let sum = sums[x]!;
      if (into < height) sum += rows[into * width + x]!;
      if (gone >= 0) sum -= rows[gone * width + x]!;
      sums[x] = sum;
      out[y * width + x] = sum / count;
    }
  }
  return out;
}

/**
 * Smooths `values` but for where the picture has an edge (He, Sun, Tang 2013), with the three colours as the guide. `softness` is
 * the contrast, in levels of 256, that counts as an edge.
 */
export function guidedFilter(image: Image, values: Float32Array, r: number, softness: number): Float32Array {
  const { width, height, data } = image;
  const n = width * height;
  const mean = (of: (i: number) => number) => {
    const plane = new Float32Array(n);
    for (let i = 0; i < n; i++) plane[i] = of(i);
    return boxMean(plane, width, height, r);
  };
  const [mr, mg, mb] = [0, 1, 2].map((c) => mean((i) => data[i * 3 + c]!)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const mp = boxMean(values, width, height, r);
  const pair = (c: number, d: number) => mean((i) => data[i * 3 + c]! * data[i * 3 + d]!);
  const [rr, rg, rb, gg, gb, bb] = [pair(0, 0), pair(0, 1), pair(0, 2), pair(1, 1), pair(1, 2), pair(2, 2)];
  const [pr, pg, pb] = [0, 1, 2].map((c) => mean((i) => data[i * 3 + c]! * values[i]!)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const e = softness * softness * 0.25;
  const [ar, ag, ab, base] = [0, 0, 0, 0].map(() => new Float32Array(n)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let i = 0; i < n; i++) {
    const [r0, g0, b0, p0] = [mr[i]!, mg[i]!, mb[i]!, mp[i]!];
    const a = rr[i]! - r0 * r0 + e;
    const b = rg[i]! - r0 * g0;
    const c = rb[i]! - r0 * b0;
    const d = gg[i]! - g0 * g0 + e;
    const f = gb[i]! - g0 * b0;
    const g = bb[i]! - b0 * b0 + e;
    const [x, y, z] = [pr[i]! - r0 * p0, pg[i]! - g0 * p0, pb[i]! - b0 * p0];
    const [i0, i1, i2] = [d * g - f * f, c * f - b * g, b * f - c * d];
    const det = a * i0 + b * i1 + c * i2;
    const [i3, i4, i5] = [a * g - c * c, b * c - a * f, a * d - b * b];
    ar[i] = (i0 * x + i1 * y + i2 * z) / det;
    ag[i] = (i1 * x + i3 * y + i4 * z) / det;
    ab[i] = (i2 * x + i4 * y + i5 * z) / det;
    base[i] = p0 - ar[i]! * r0 - ag[i]! * g0 - ab[i]! * b0;
  }
  const [sr, sg, sb, sbase] = [ar, ag, ab, base].map((plane) => boxMean(plane, width, height, r)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const out = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const value = sr[i]! * data[i * 3]! + sg[i]! * data[i * 3 + 1]! + sb[i]! * data[i * 3 + 2]! + sbase[i]!;
    out[i] = Math.min(1, Math.max(0, value));
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
  const labels = new Int32Array(probabilities.length);
  const stack: number[] = [];
  const flood = (start: number, label: number, belongs: (i: number) => boolean): number => {
    let size = 0;
    labels[start] = label;
    stack.push(start);
    while (stack.length > 0) {
      const i = stack.pop()!;
      size++;
      const x = i % width;
      for (const j of [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width]) {
        if (j < 0 || j >= labels.length || labels[j] !== 0 || !belongs(j)) continue;
        labels[j] = label;
        stack.push(j);
      }
    }
    return size;
  };
  let [best, most, next] = [0, 0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== 0 || probabilities[i]! < threshold) continue;
    next++;
    const size = flood(i, next, (j) => probabilities[j]! >= threshold);
    if (size > most) [best, most] = [next, size];
  }
  const data = Uint8Array.from(labels, (label) => (label === best && best > 0 ? 1 : 0));
  labels.forEach((_, i) => {
    labels[i] = data[i]!;
  });
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== 0) continue;
    next = 2 + i;
    const size = flood(i, next, () => true);
    if (size < most / 200) for (let j = 0; j < labels.length; j++) if (labels[j] === next) data[j] = 1;
  }
  return { width, height, data };
}
