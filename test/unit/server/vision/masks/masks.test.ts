import { describe, expect, it } from 'vitest';
import type { Box } from '../../../../../server/vision/contract.ts';
import { maskBounds } from '../../../../../server/vision/masks/bounds.ts';
import { fullMask, MASK_SIDE, pasteMask } from '../../../../../server/vision/masks/masks.ts';

const cells = (rule: (x: number, y: number) => number) =>
  Float32Array.from({ length: MASK_SIDE ** 2 }, (_, i) => rule(i % MASK_SIDE, Math.floor(i / MASK_SIDE)));

/** The definition, pixel by pixel over the whole image: bilinear at the pixel's centre, 0 outside the box. */
function pasteSlowly(
  probabilities: Float32Array,
  box: Box,
  width: number,
  height: number,
  threshold: number,
) {
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= MASK_SIDE || y >= MASK_SIDE ? 0 : probabilities[y * MASK_SIDE + x]!;
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const u = (((i % width) + 0.5 - box[0]) / (box[2] - box[0])) * MASK_SIDE - 0.5;
    const v = ((Math.floor(i / width) + 0.5 - box[1]) / (box[3] - box[1])) * MASK_SIDE - 0.5;
    const x = Math.floor(u);
    const y = Math.floor(v);
    if (u < -0.5 || v < -0.5 || u >= MASK_SIDE - 0.5 || v >= MASK_SIDE - 0.5) return 0;
    const upper = at(x, y) * (1 - u + x) + at(x + 1, y) * (u - x);
    const lower = at(x, y + 1) * (1 - u + x) + at(x + 1, y + 1) * (u - x);
    return upper * (1 - v + y) + lower * (v - y) >= threshold ? 1 : 0;
  });
}

describe('pasteMask', () => {
  it('covers the box and nothing else where every cell is sure', () => {
    const { data } = pasteMask(
      cells(() => 1),
      [2, 1, 5, 3],
      6,
      4,
      0.5,
    );
    expect([...data]).toEqual([
      ...[0, 0, 0, 0, 0, 0],
      ...[0, 0, 1, 1, 1, 0],
      ...[0, 0, 1, 1, 1, 0],
      ...[0, 0, 0, 0, 0, 0],
    ]);
  });

  it('gives one pixel to each cell of a 28 × 28 box', () => {
    const probabilities = cells((x, y) => (x === 3 && y === 20 ? 0.9 : 0.1));
    const { data } = pasteMask(probabilities, [10, 20, 38, 48], 50, 60, 0.5);
    expect(data.indexOf(1)).toBe((20 + 20) * 50 + 10 + 3);
    expect(data.lastIndexOf(1)).toBe(data.indexOf(1));
  });

  it.each<[string, Box, number, number]>([
    ['enlarged', [11.3, 20.9, 90.2, 118.4], 100, 120],
    ['made smaller', [3.2, 1.1, 17.9, 12.5], 24, 20],
    ['larger than the image', [-20, -10, 130, 140], 100, 120],
    ['narrower than a pixel', [10.1, 5, 10.4, 30], 40, 40],
  ])('agrees with the definition, %s', (_, box, width, height) => {
    const probabilities = cells((x, y) => 0.5 + 0.5 * Math.sin(x * 0.7) * Math.cos(y * 0.45));
    const { data } = pasteMask(probabilities, box, width, height, 0.4);
    const slow = pasteSlowly(probabilities, box, width, height, 0.4);
    const different = data.reduce((count, value, i) => count + (value === slow[i] ? 0 : 1), 0);
    // Single precision may decide a pixel at the very threshold otherwise.
    expect(different).toBeLessThanOrEqual(1);
  });

  it('gives an empty mask for a box without extent', () => {
    expect(
      pasteMask(
        cells(() => 1),
        [5.5, 5.5, 5.5, 5.5],
        10,
        10,
        0.5,
      ).data.includes(1),
    ).toBe(false);
  });
});

describe('maskBounds', () => {
  it('finds the smallest box around the pixels', () => {
    const data = new Uint8Array(6 * 5);
    data[1 * 6 + 4] = 1;
    data[3 * 6 + 2] = 1;
    expect(maskBounds({ width: 6, height: 5, data })).toEqual({ x1: 2, y1: 1, x2: 5, y2: 4 });
  });

  it('is empty for an empty mask and everything for a full one', () => {
    expect(maskBounds({ width: 3, height: 3, data: new Uint8Array(9) })).toEqual({
      x1: 0,
      y1: 0,
      x2: 0,
      y2: 0,
    });
    expect(maskBounds(fullMask(3, 2))).toEqual({ x1: 0, y1: 0, x2: 3, y2: 2 });
  });
});
