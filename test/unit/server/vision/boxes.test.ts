import { describe, expect, it } from 'vitest';
import { boxIou, clipBox, nms, scaleBox, wholePixels } from '../../../../server/vision/boxes.ts';

describe('boxIou', () => {
  it('divides the shared area by the joint area', () => {
    // 1 × 1 shared of 4 + 4 − 1.
    expect(boxIou([0, 0, 2, 2], [1, 1, 3, 3])).toBeCloseTo(1 / 7, 12);
    expect(boxIou([0, 0, 4, 2], [0, 0, 4, 2])).toBe(1);
  });

  it('is 0 for boxes that only touch, and for empty ones', () => {
    expect(boxIou([0, 0, 2, 2], [2, 0, 4, 2])).toBe(0);
    expect(boxIou([1, 1, 1, 1], [1, 1, 1, 1])).toBe(0);
  });
});

describe('scaleBox, clipBox, wholePixels', () => {
  it('scales each axis by its own factor', () => {
    expect(scaleBox([1, 2, 3, 4], 10, 100)).toEqual([10, 200, 30, 400]);
  });

  it('keeps the part inside the image', () => {
    expect(clipBox([-5, 2, 30, 9], 20, 8)).toEqual([0, 2, 20, 8]);
  });

  it('widens to whole pixels, never to none and never past the edge', () => {
    expect(wholePixels([1.2, 2.8, 3.1, 4], 10, 10)).toEqual([1, 2, 4, 4]);
    expect(wholePixels([10, 10, 10, 10], 10, 10)).toEqual([9, 9, 10, 10]);
    expect(wholePixels([-3, -3, 99, 99], 10, 12)).toEqual([0, 0, 10, 12]);
  });
});

describe('nms', () => {
  it('keeps the best of overlapping boxes whatever their categories, best first', () => {
    const skirt = { box: [0, 0, 10, 10] as const, score: 0.6, category: 9 };
    const dress = { box: [0, 0, 10, 9] as const, score: 0.8, category: 12 };
    const hat = { box: [20, 0, 30, 10] as const, score: 0.9, category: 1 };
    expect(nms([skirt, dress, hat], 0.5)).toEqual([hat, dress]);
  });

  it('keeps boxes at the limit itself', () => {
    const a = { box: [0, 0, 2, 1] as const, score: 0.9 };
    const b = { box: [0, 0, 1, 1] as const, score: 0.8 };
    expect(nms([a, b], 0.5)).toHaveLength(2);
    expect(nms([a, b], 0.49)).toEqual([a]);
  });
});
