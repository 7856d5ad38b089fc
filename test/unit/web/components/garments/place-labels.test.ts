import { describe, expect, it } from 'vitest';
import { placeLabels } from '../../../../../web/components/garments/place-labels.ts';
import type { Garment } from '../../../../../web/lib/api/shapes.ts';

const garment = (id: string, x1: number, y1: number, x2: number, y2: number) =>
  ({ id, box: { x1, y1, x2, y2 } }) as Garment;
const places = (...garments: Garment[]) =>
  placeLabels(garments, 200, 100).map(({ garment: { id }, left, top }) => [id, left, top]);

describe('placeLabels', () => {
  it('puts a label upon the middle of a garment, an eighth or so below its top', () => {
    // (20 + 60) / 2 of 200 is 20 %; 25 + 0.12 · 50 of 100 is 31 %.
    expect(places(garment('a', 20, 25, 60, 75))).toEqual([['a', 20, 31]]);
  });

  it('keeps labels off the edge', () => {
    expect(places(garment('a', 0, 0, 200, 10))).toEqual([['a', 50, 5]]);
    expect(places(garment('a', 0, 99, 200, 100))).toEqual([['a', 50, 95]]);
  });

  it('moves the lower one of two down by a row where they would cover each other', () => {
    // At 20 and 21 %, less than a row of 8 apart.
    const [upper, lower] = [garment('a', 0, 20, 200, 20), garment('b', 0, 21, 200, 21)];
    expect(places(lower, upper)).toEqual([
      ['a', 50, 20],
      ['b', 50, 28],
    ]);
  });

  it('leaves labels side by side where their columns are far apart', () => {
    expect(places(garment('a', 0, 20, 20, 20), garment('b', 180, 20, 200, 20))).toEqual([
      ['a', 5, 20],
      ['b', 95, 20],
    ]);
  });
});
