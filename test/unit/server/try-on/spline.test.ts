import { describe, expect, it } from 'vitest';
import { makeField, placeOn } from '../../../../server/try-on/field.ts';
import { fitSpline, stretchOf } from '../../../../server/try-on/spline.ts';
import type { Point } from '../../../../server/vision/contract.ts';

const SQUARE: Point[] = [
  [0, 0],
  [20, 0],
  [40, 0],
  [40, 20],
  [40, 40],
  [20, 40],
  [0, 40],
  [0, 20],
];

describe('a thin-plate spline', () => {
  it('is the affine map where there is one: here twice as large and 5 to the right', () => {
    const warp = fitSpline(
      SQUARE,
      SQUARE.map(([x, y]): Point => [2 * x + 5, 2 * y]),
    );
    const [x, y] = warp(10, 30);
    expect(x).toBeCloseTo(25, 6);
    expect(y).toBeCloseTo(60, 6);
  });

  it('takes each point to its own, and bends between them', () => {
    const to = SQUARE.map(([x, y]): Point => (x === 20 && y === 0 ? [20, -6] : [x, y]));
    const warp = fitSpline(SQUARE, to);
    SQUARE.forEach(([x, y], i) => {
      expect(warp(x, y)[0]).toBeCloseTo(to[i]![0], 6);
      expect(warp(x, y)[1]).toBeCloseTo(to[i]![1], 6);
    });
    expect(warp(20, 4)[1]).toBeLessThan(2);
  });

  it('refuses points on one line', () => {
    expect(() =>
      fitSpline(
        [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
        [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
      ),
    ).toThrow(RangeError);
  });
});

describe('the stretch of a map', () => {
  it.each<[Point, Point, number, number]>([
    [[1, 0], [0, 1], 1, 1],
    [[3, 0], [0, 1], 3, 3],
    // Turned over.
    [[-1, 0], [0, 1], -1, 1],
    // Sheared: singular values 1.618 and .618.
    [[1, 0], [1, 1], 1, 2.618],
    [[1, 0], [2, 0], 0, Infinity],
  ])('along %j and %j is %d in area and %d in ratio', (x, y, area, ratio) => {
    const found = stretchOf(x, y);
    expect(found.area).toBeCloseTo(area, 3);
    if (ratio === Infinity) expect(found.ratio).toBe(Infinity);
    else expect(found.ratio).toBeCloseTo(ratio, 3);
  });
});

describe('the field of parts', () => {
  const moved = (points: Point[], dx: number) => points.map(([x, y]): Point => [x + dx, y]);

  it('sends each pixel where its own part goes, and one outside of all where the nearest goes', () => {
    const right = moved(SQUARE, 40);
    const { field, bend } = makeField(
      [
        { worn: SQUARE, item: SQUARE },
        { worn: right, item: moved(SQUARE, 100) },
      ],
      88,
      40,
    );
    expect(bend.folds).toBe(0);
    expect(bend.ratio).toBeCloseTo(1, 2);
    const at = { x: 0, y: 0 };
    placeOn(field, 10, 10, at);
    expect(at.x).toBeCloseTo(10, 1);
    placeOn(field, 60, 10, at);
    expect(at.x).toBeCloseTo(120, 1);
    placeOn(field, 86, 10, at);
    expect(at.x).toBeCloseTo(146, 1);
  });

  it('counts folds', () => {
    const twisted = SQUARE.map(([x, y]): Point => [x === 0 ? 40 : x === 40 ? 0 : x, y]);
    expect(makeField([{ worn: SQUARE, item: twisted }], 40, 40).bend.folds).toBeGreaterThan(10);
  });
});
