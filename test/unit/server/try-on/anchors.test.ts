import { describe, expect, it } from 'vitest';
import { type AnchorName, cornersOf, findAnchors, type Kind } from '../../../../server/try-on/anchors.ts';
import { outlineOf, resample } from '../../../../server/try-on/geometry.ts';
import { matchParts } from '../../../../server/try-on/parts.ts';
import type { Point } from '../../../../server/vision/contract.ts';
import { polygonMask } from '../../../../server/vision/masks/polygon.ts';

const SIZE = { width: 220, height: 260 };
const SKIRT: Point[] = [
  [80, 20],
  [140, 20],
  [180, 220],
  [40, 220],
];
const TROUSERS: Point[] = [
  [70, 20],
  [150, 20],
  [170, 240],
  [125, 240],
  [110, 100],
  [95, 240],
  [50, 240],
];
const TEE: Point[] = [
  [85, 30],
  [110, 48],
  [135, 30],
  [165, 42],
  [205, 95],
  [180, 115],
  [155, 85],
  [157, 230],
  [63, 230],
  [65, 85],
  [40, 115],
  [15, 95],
  [55, 42],
];
const VEST: Point[] = [
  [80, 20],
  [92, 20],
  [110, 60],
  [128, 20],
  [140, 20],
  [146, 70],
  [165, 95],
  [168, 230],
  [52, 230],
  [55, 95],
  [74, 70],
];

const find = (kind: Kind, polygon: Point[]) => findAnchors(kind, outlineOf(polygonMask(polygon, SIZE), 4));

describe('anchors derived from an outline', () => {
  it.each<[Kind, Point[], Partial<Record<AnchorName, Point>>]>([
    [
      'skirt',
      SKIRT,
      { waistLeft: [80, 20], waistRight: [140, 20], hemRight: [180, 220], hemLeft: [40, 220] },
    ],
    [
      'legs',
      TROUSERS,
      {
        waistLeft: [70, 20],
        waistRight: [150, 20],
        crotch: [110, 100],
        hemRight: [170, 240],
        hemInnerRight: [125, 240],
        hemInnerLeft: [95, 240],
        hemLeft: [50, 240],
      },
    ],
    [
      'sleeved',
      TEE,
      {
        neckLeft: [85, 30],
        neckRight: [135, 30],
        armpitRight: [155, 85],
        armpitLeft: [65, 85],
        cuffInnerLeft: [40, 115],
        cuffOuterLeft: [15, 95],
        cuffOuterRight: [205, 95],
        hemRight: [157, 230],
        hemLeft: [63, 230],
      },
    ],
    [
      'sleeveless',
      VEST,
      { neckLeft: [92, 20], neckRight: [128, 20], hemRight: [168, 230], hemLeft: [52, 230] },
    ],
  ])('of a %s are its corners and hollows', (kind, polygon, expected) => {
    const { outline, at } = find(kind, polygon)!;
    for (const [name, [x, y]] of Object.entries(expected)) {
      const [fx, fy] = outline[at[name as AnchorName]!]!;
      expect(Math.hypot(fx - x, fy - y), `${name} at ${fx.toFixed()}, ${fy.toFixed()}`).toBeLessThan(13);
    }
  });

  it('are not found on another shape', () => {
    expect(find('sleeved', SKIRT)).toBeNull();
    expect(find('legs', TROUSERS.toReversed().slice(0, 2))).toBeNull();
  });

  it('of legs without a gap between them meet in the middle of the hem', () => {
    const { outline, at } = find('legs', SKIRT)!;
    expect(at.crotch).toBeUndefined();
    expect(at.hemInnerLeft).toBe(at.hemInnerRight);
    const [x, y] = outline[at.hemInnerLeft!]!;
    expect(Math.hypot(x - 110, y - 220)).toBeLessThan(5);
  });
});

describe('corners of a way', () => {
  it('are where it bends', () => {
    const way = resample(
      [
        [0, 0],
        [30, 0],
        [30, 40],
        [60, 40],
      ],
      131,
    );
    const found = cornersOf(way, 2)!.map((i) => way[i]!);
    for (const [i, [x, y]] of (
      [
        [30, 0],
        [30, 40],
      ] as Point[]
    ).entries()) {
      expect(Math.hypot(found[i]![0] - x, found[i]![1] - y)).toBeLessThan(3);
    }
  });

  it('are not looked for on too short a way', () => {
    expect(
      cornersOf(
        [
          [0, 0],
          [1, 0],
          [2, 0],
        ],
        2,
      ),
    ).toBeNull();
  });
});

describe('the parts of two garments', () => {
  it('match place for place: of a tee and one twice as large, each point and its double', () => {
    const small = find('sleeved', TEE)!;
    const large = { ...small, outline: small.outline.map(([x, y]): Point => [2 * x, 2 * y]) };
    const parts = matchParts(small, large);
    expect(parts).toHaveLength(3);
    for (const { worn, item } of parts) {
      expect(worn.length).toBeGreaterThan(40);
      worn.forEach(([x, y], i) => {
        expect(item[i]![0]).toBeCloseTo(2 * x, 3);
        expect(item[i]![1]).toBeCloseTo(2 * y, 3);
      });
    }
  });

  it('have the top of a gap that is not to be seen as far down as on the other garment', () => {
    const parts = matchParts(find('legs', SKIRT)!, find('legs', TROUSERS)!);
    expect(parts).toHaveLength(2);
    for (const { worn, item } of parts) {
      const gap = item.reduce((best, point, i) => {
        const away = (at: Point) => Math.hypot(at[0] - 110, at[1] - 100);
        return away(point) < away(item[best]!) ? i : best;
      }, 0);
      // 80 of 220 pixels down on the trousers, so 73 of 200 on what is worn.
      expect(Math.hypot(worn[gap]![0] - 110, worn[gap]![1] - 93)).toBeLessThan(8);
    }
  });
});
