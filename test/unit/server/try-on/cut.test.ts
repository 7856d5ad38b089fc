import { describe, expect, it } from 'vitest';
import { findAnchors } from '../../../../server/try-on/anchors.ts';
import { legsWidened, type Outlined } from '../../../../server/try-on/cut.ts';
import { outlineOf } from '../../../../server/try-on/geometry.ts';
import type { Point } from '../../../../server/vision/contract.ts';
import { polygonMask } from '../../../../server/vision/masks/polygon.ts';

/** Trousers whose legs are 40 pixels wide at the top and `hem` at the hem, times `scale`, on 220 × 260 pixels. */
function trousers(hem: number, { scale = 1, crotch = 100 } = {}): Outlined {
  const points: Point[] = [
    [70, 20],
    [150, 20],
    [150, crotch],
    [125 + hem, 240],
    [125, 240],
    [110, crotch],
    [95, 240],
    [95 - hem, 240],
    [70, crotch],
  ];
  const scaled = points.map(([x, y]): Point => [x * scale, y * scale]);
  const mask = polygonMask(scaled, { width: 220 * scale, height: 260 * scale });
  return { mask, anchors: findAnchors('legs', outlineOf(mask, 4))! };
}

describe('legs', () => {
  // A leg's width is 40 + (hem - 40) × u at the share u of its way down, which is looked at from .08 to .94.
  it.each([
    ['as wide as the item', 40, 40, 0],
    ['slim ones on flared ones', 80, 40, Math.log(77.6 / 40)],
    ['tapered ones on straight ones', 40, 20, Math.log(40 / 21.2)],
    ['flared ones on straight ones', 40, 80, Math.log(40 / 43.2)],
  ])('are widened where they are most: %s', (_, worn, item, expected) => {
    const found = legsWidened(trousers(worn), trousers(item));
    expect(Math.abs(found! - expected)).toBeLessThan(0.04);
  });

  it('are compared whatever the size of the pictures', () => {
    const found = legsWidened(trousers(60), trousers(40, { scale: 2 }));
    expect(Math.abs(found! - legsWidened(trousers(60), trousers(40))!)).toBeLessThan(0.04);
  });

  it('are wider for their length where shorter, and those of shorts are not compared', () => {
    // 90 pixels long, not 140.
    expect(legsWidened(trousers(40, { crotch: 150 }), trousers(40))).toBeCloseTo(Math.log(140 / 90), 1);
    expect(legsWidened(trousers(80), trousers(40, { crotch: 180 }))).toBeNull();
  });
});
