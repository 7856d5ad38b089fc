import { describe, expect, it } from 'vitest';
import { polygonMask } from '../../../../../server/vision/masks/polygon.ts';

const rows = (points: [number, number][], width = 6, height = 5) => {
  const { data } = polygonMask(points, { width, height });
  return Array.from({ length: height }, (_, y) => data.subarray(y * width, (y + 1) * width).join(''));
};

describe('polygonMask', () => {
  it('sets the pixels whose centres lie inside', () => {
    expect(
      rows([
        [1, 1],
        [5, 1],
        [5, 4],
        [1, 4],
      ]),
    ).toEqual(['000000', '011110', '011110', '011110', '000000']);
    // A triangle: a centre on its slanted edge counts on the left side.
    expect(
      rows([
        [0, 0],
        [5, 0],
        [0, 5],
      ]),
    ).toEqual(['111100', '111000', '110000', '100000', '000000']);
  });

  it('leaves out what a figure of eight crosses twice, and what is outside the image', () => {
    expect(
      rows([
        [-9, -9],
        [99, -9],
        [99, 99],
        [-9, 99],
      ]),
    ).toEqual(Array(5).fill('111111'));
    expect(
      rows([
        [0, 0],
        [6, 0],
        [6, 5],
        [0, 5],
        [0, 1],
        [5, 1],
        [5, 4],
        [0, 4],
      ]),
    ).toEqual(['111111', '000001', '000001', '000001', '111111']);
  });

  it('is empty where the polygon has no area', () => {
    expect(
      rows([
        [1, 1],
        [4, 4],
      ]).join(''),
    ).not.toContain('1');
    expect(
      rows([
        [20, 20],
        [30, 20],
        [30, 30],
      ]).join(''),
    ).not.toContain('1');
  });
});
