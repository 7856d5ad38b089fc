/** Pictures and planes of numbers, resampled: pure functions over typed arrays, row by row. */
import type { Box, Image, Mask } from '../vision/contract.ts';

/**
 * The pixels of `box` scaled to `width` × `height`: the mean of those under each, or between them where it is enlarged. Given `only`,
 * those that it has. Columns are summed first, then rows.
 */
export function shrinkImage(image: Image, box: Box, width: number, height: number, only?: Uint8Array): Image {
  const out = new Uint8Array(width * height * 3);
  const across = tapsOf(box[0], box[2], width, image.width);
  const down = tapsOf(box[1], box[3], height, image.height);
  const [left, right] = [across.first[0]! * 3, (across.first[width - 1]! + across.count) * 3];
  const sums = new Float32Array(right - left);
  for (let y = 0, to = 0; y < height; y++) {
    sums.fill(0);
    for (let j = 0; j < down.count; j++) {
      const weight = down.weights[y * down.count + j]!;
      if (weight === 0) continue;
      const from = (down.first[y]! + j) * image.width * 3 + left;
      for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + image.data[from + i]! * weight;
    }
    for (let x = 0; x < width; x++, to += 3) {
      if (only?.[y * width + x] === 0) continue;
      let [r, g, b] = [0.5, 0.5, 0.5];
      let from = across.first[x]! * 3 - left;
      for (let i = x * across.count; i < (x + 1) * across.count; i++, from += 3) {
        const weight = across.weights[i]!;
        r += sums[from]! * weight;
        g += sums[from + 1]! * weight;
        b += sums[from + 2]! * weight;
      }
      out[to] = r;
      out[to + 1] = g;
      out[to + 2] = b;
    }
  }
  return { width, height, data: out };
}

/**
 * How `size` pixels on a line from `from` to `to` are read from one of `limit` pixels: each is the sum of `count` of them from `first`
 * on, by their weights (some are 0).
 */
function tapsOf(from: number, to: number, size: number, limit: number) {
  const step = (to - from) / size;
  const each = Math.max(1, Math.min(4, Math.round(step)));
  const count = Math.min(limit, Math.ceil(((each - 1) / each) * step) + 2);
  const first = new Int32Array(size);
  const weights = new Float32Array(size * count);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < each; k++) {
      const at = Math.max(0, Math.min(limit - 1, from + (i + (k + 0.5) / each) * step - 0.5));
      const before = Math.min(limit - 2, at | 0);
      if (k === 0) first[i] = Math.min(limit - count, before);
      const tap = i * count + before - first[i]!;
      weights[tap] = weights[tap]! + (1 - at + before) / each;
      weights[tap + 1] = weights[tap + 1]! + (at - before) / each;
    }
  }
  return { count, first, weights };
}

/** The same picture in memory that threads share, so that messages between them need not copy it. */
export function shareImage({ width, height, data }: Image): Image {
  const shared = new Uint8Array(new SharedArrayBuffer(data.length));
  shared.set(data);
  return { width, height, data: shared };
}

/** The pixels of `box`, which is whole and lies within the image. */
export function cropImage({ width, data }: Image, [x1, y1, x2, y2]: Box): Image {
  const part = { width: x2 - x1, height: y2 - y1, data: new Uint8Array((x2 - x1) * (y2 - y1) * 3) };
  for (let y = y1; y < y2; y++) {
    const row = y * width;
    part.data.set(data.subarray((row + x1) * 3, (row + x2) * 3), (y - y1) * part.width * 3);
  }
  return part;
}

/** The picture on pixels of twice the size: the mean of each four. */
export function halveImage({ width, height, data }: Image): Image {
  const [w, h] = [(width + 1) >> 1, (height + 1) >> 1];
  const half = new Uint8Array(w * h * 3);
  for (let y = 0, to = 0; y < h; y++) {
    const above = 2 * y * width * 3;
    const below = 2 * y + 1 < height ? above + width * 3 : above;
    for (let x = 0; x < w; x++) {
      const left = 6 * x;
      const right = 2 * x + 1 < width ? left + 3 : left;
      for (let c = 0; c < 3; c++, to++) {
        const [a, b] = [above + c, below + c];
        half[to] = (data[a + left]! + data[a + right]! + data[b + left]! + data[b + right]! + 2) >> 2;
      }
    }
  }
  return { width: w, height: h, data: half };
}

/** The colour at a place, 0 being the centre of the first pixel; beyond the edge that of the edge. */
export function sample(
  { width, height, data }: Image,
  x: number,
  y: number,
  out: { r: number; g: number; b: number },
): void {
  const cx = Math.max(0, Math.min(x, width - 1));
  const cy = Math.max(0, Math.min(y, height - 1));
  const x0 = Math.min(width - 2, cx | 0);
  const y0 = Math.min(height - 2, cy | 0);
  const [u, v] = [cx - x0, cy - y0];
  const a = (y0 * width + x0) * 3;
  const c = a + width * 3;
  const [p, q, r, s] = [(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v];
  out.r = data[a]! * p + data[a + 3]! * q + data[c]! * r + data[c + 3]! * s;
  out.g = data[a + 1]! * p + data[a + 4]! * q + data[c + 1]! * r + data[c + 4]! * s;
  out.b = data[a + 2]! * p + data[a + 5]! * q + data[c + 2]! * r + data[c + 5]! * s;
}

/** The value of a plane at a place, 0 being the centre of the first pixel; beyond the edge that of the edge. */
export function sampleFloats(
  values: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
): number {
  const cx = Math.max(0, Math.min(x, width - 1));
  const cy = Math.max(0, Math.min(y, height - 1));
  const x0 = Math.min(width - 2, cx | 0);
  const y0 = Math.min(height - 2, cy | 0);
  const [u, v] = [cx - x0, cy - y0];
  const a = y0 * width + x0;
  return (
    (values[a]! * (1 - u) + values[a + 1]! * u) * (1 - v) +
    (values[a + width]! * (1 - u) + values[a + width + 1]! * u) * v
  );
}

/** Where a plane's values pass. `Uint8Array.from` takes several times as long. */
export function maskWhere(values: Float32Array, test: (value: number, index: number) => boolean): Uint8Array {
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < mask.length; i++) mask[i] = test(values[i]!, i) ? 1 : 0;
  return mask;
}

/** A plane on pixels of twice the size: the mean of each four. Float32Array [rows, columns]. */
export function halve(values: Float32Array, width: number, height: number): Float32Array {
  const [w, h] = [(width + 1) >> 1, (height + 1) >> 1];
  const out = new Float32Array(w * h);
  for (let y = 0, to = 0; y < h; y++) {
    const above = 2 * y * width;
    const below = 2 * y + 1 < height ? above + width : above;
    for (let x = 0; x < w; x++, to++) {
      const left = 2 * x;
      const right = left + 1 < width ? left + 1 : left;
      out[to] =
        (values[above + left]! + values[above + right]! + values[below + left]! + values[below + right]!) / 4;
    }
  }
  return out;
}

/** A mask's pixels under `box`, scaled: the nearest. */
export function shrinkMask(mask: Mask, box: Box, width: number, height: number): Mask {
  const data = new Uint8Array(width * height);
  const [sx, sy] = [(box[2] - box[0]) / width, (box[3] - box[1]) / height];
  for (let y = 0; y < height; y++) {
    const fromY = Math.floor(box[1] + (y + 0.5) * sy);
    if (fromY < 0 || fromY >= mask.height) continue;
    for (let x = 0; x < width; x++) {
      const fromX = Math.floor(box[0] + (x + 0.5) * sx);
      if (fromX >= 0 && fromX < mask.width) data[y * width + x] = mask.data[fromY * mask.width + fromX]!;
    }
  }
  return { width, height, data };
}

/** Pixels from what is known in which each takes the mean of those beside it; farther away, what is coarse will do. */
const LAYERS = 10;

/**
 * The picture with what is outside of `inside` replaced by colours from within: layer by layer the mean of what is known beside a
 * pixel, then smoother ones (a pyramid of means: push and pull).
 */
export function spreadInside(image: Image, inside: Uint8Array, layers = LAYERS): Image {
  const { width, height } = image;
  // Not `slice`: a Buffer's shares its memory.
  const data = new Uint8Array(image.data);
  const known = new Uint8Array(inside);
  let edge = borderOf(known, width, height);
  for (let layer = 0; layer < layers && edge.length > 0; layer++) {
    for (const i of edge) takeMean(data, known, width, height, i);
    // Those of one layer do not see each other.
    for (const i of edge) known[i] = 1;
    edge = unknownBeside(known, edge, width, height);
  }
  return pullCoarse({ width, height, data }, known);
}

/** Unknown pixels beside known ones. */
function borderOf(known: Uint8Array, width: number, height: number): number[] {
  const found: number[] = [];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (known[i] !== 0) continue;
      const isBeside =
        (x > 0 && known[i - 1] !== 0) ||
        (x < width - 1 && known[i + 1] !== 0) ||
        (y > 0 && known[i - width] !== 0) ||
        (y < height - 1 && known[i + width] !== 0);
      if (isBeside) found.push(i);
    }
  }
  return found;
}

/** Unknown pixels beside those of a layer. */
function unknownBeside(known: Uint8Array, layer: readonly number[], width: number, height: number): number[] {
  const found: number[] = [];
  const visit = (i: number) => {
    if (known[i] !== 0) return;
    known[i] = 2;
    found.push(i);
  };
  for (const i of layer) {
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i < width * (height - 1)) visit(i + width);
  }
  for (const i of found) known[i] = 0;
  return found;
}

/** The mean colour of the known pixels around `i`. */
function takeMean(data: Uint8Array, known: Uint8Array, width: number, height: number, i: number): void {
  const x = i % width;
  const y = (i - x) / width;
  let [r, g, b, n] = [0.5, 0.5, 0.5, 0];
  for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
    for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
      const from = v * width + u;
      if (known[from] === 0) continue;
      n++;
      r += data[from * 3]!;
      g += data[from * 3 + 1]!;
      b += data[from * 3 + 2]!;
    }
  }
  data[i * 3] = r / n;
  data[i * 3 + 1] = g / n;
  data[i * 3 + 2] = b / n;
}

function pullCoarse(image: Image, inside: Uint8Array): Image {
  const { width, height, data } = image;
  const [w, h] = [(width + 1) >> 1, (height + 1) >> 1];
  const half = new Float32Array(w * h * 4);
  for (let y = 0, i = 0; y < height; y++) {
    const row = (y >> 1) * w;
    for (let x = 0; x < width; x++, i++) {
      if (inside[i] === 0) continue;
      const to = (row + (x >> 1)) * 4;
      half[to] = half[to]! + data[i * 3]!;
      half[to + 1] = half[to + 1]! + data[i * 3 + 1]!;
      half[to + 2] = half[to + 2]! + data[i * 3 + 2]!;
      half[to + 3] = half[to + 3]! + 1;
    }
  }
  divide(half);
  fillFrom(half, w, h);
  for (let y = 0, i = 0; y < height; y++) {
    const row = (y >> 1) * w;
    for (let x = 0; x < width; x++, i++) {
      if (inside[i] !== 0) continue;
      const from = (row + (x >> 1)) * 4;
      data[i * 3] = half[from]! + 0.5;
      data[i * 3 + 1] = half[from + 1]! + 0.5;
      data[i * 3 + 2] = half[from + 2]! + 0.5;
    }
  }
  return image;
}

/** Sums of colours and their number, four values a pixel, become means and 1. */
function divide(sums: Float32Array): void {
  for (let i = 0; i < sums.length; i += 4) {
    const n = sums[i + 3]!;
    if (n === 0) continue;
    for (let c = 0; c < 3; c++) sums[i + c] = sums[i + c]! / n;
    sums[i + 3] = 1;
  }
}

function fillFrom(colours: Float32Array, width: number, height: number): void {
  if (width === 1 && height === 1) return;
  const [w, h] = [(width + 1) >> 1, (height + 1) >> 1];
  const half = new Float32Array(w * h * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      if (colours[from + 3] === 0) continue;
      const to = ((y >> 1) * w + (x >> 1)) * 4;
      for (let c = 0; c < 4; c++) half[to + c] = half[to + c]! + colours[from + c]!;
    }
  }
  divide(half);
  fillFrom(half, w, h);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * 4;
      if (colours[to + 3] !== 0) continue;
      const from = ((y >> 1) * w + (x >> 1)) * 4;
      for (let c = 0; c < 3; c++) colours[to + c] = half[from + c]!;
      colours[to + 3] = half[from + 3]!;
    }
  }
}
