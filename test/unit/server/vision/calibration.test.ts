import { describe, expect, it } from 'vitest';
import { calibrator, interpolate } from '../../../../server/vision/calibration.ts';

const curve = [
  [0.2, 0.1],
  [0.6, 0.5],
  [1, 0.9],
] as const;

describe('interpolate', () => {
  it.each([
    [0, 0.1],
    [0.2, 0.1],
    [0.4, 0.3],
    [0.6, 0.5],
    [0.9, 0.8],
    [1, 0.9],
    [1.2, 0.9],
  ])('is linear between points and flat outside: %d gives %d', (raw, precision) => {
    expect(interpolate(curve, raw)).toBeCloseTo(precision);
  });
});

describe('calibrator', () => {
  it("takes each category's own curve, and the raw score where there is none", () => {
    const precision = calibrator({ skirt: curve });
    expect(precision(9, 0.4)).toBeCloseTo(0.3);
    expect(precision(8, 0.4)).toBe(0.4);
    expect(calibrator()(9, 0.4)).toBe(0.4);
  });
});
