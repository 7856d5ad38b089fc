import { describe, expect, it } from 'vitest';
import { fitSize, pad, placeCrop, roundUp } from '../../../../server/vision/preprocess.ts';

describe('fitSize', () => {
  it('brings the long side to the asked length, up or down', () => {
    expect(fitSize({ width: 1080, height: 1440 }, 352)).toEqual({ width: 264, height: 352 });
    expect(fitSize({ width: 320, height: 160 }, 352)).toEqual({ width: 352, height: 176 });
  });

  it('leaves a thread-thin image one pixel', () => {
    expect(fitSize({ width: 5000, height: 1 }, 352)).toEqual({ width: 352, height: 1 });
  });
});

describe('pad', () => {
  it('rounds up to a multiple', () => {
    expect([1, 32, 33].map((size) => roundUp(size, 32))).toEqual([32, 32, 64]);
  });

  it('fills right and below with the colour and keeps the pixels at the top left', () => {
    const padded = pad({ width: 1, height: 2, data: Uint8Array.of(1, 2, 3, 4, 5, 6) }, 3, [9, 8, 7]);
    expect(padded.width).toBe(3);
    expect(padded.height).toBe(3);
    const fill = [9, 8, 7];
    expect([...padded.data]).toEqual([
      ...[1, 2, 3, ...fill, ...fill],
      ...[4, 5, 6, ...fill, ...fill],
      ...[...fill, ...fill, ...fill],
    ]);
  });
});

describe('placeCrop', () => {
  it('centres the region, takes alpha from the mask under each pixel, and leaves the rest transparent', () => {
    // A 4 × 2 box at (1, 0) of a 6 × 2 image, scaled to 2 × 1 in a crop of 2 × 2: it lies in the upper row.
    const mask = { width: 6, height: 2, data: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0) };
    const region = { width: 2, height: 1, data: Uint8Array.of(10, 20, 30, 40, 50, 60) };
    const out = new Uint8Array(2 * 2 * 4);
    placeCrop(out, 2, region, mask, [1, 0, 5, 2]);
    expect([...out]).toEqual([10, 20, 30, 255, 40, 50, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
