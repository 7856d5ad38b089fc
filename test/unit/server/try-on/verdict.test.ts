import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../server/try-on/limits.ts';
import { type Figures, lightOf, verdictOn } from '../../../../server/try-on/verdict.ts';

/** Navy trousers on evenly lit ones with straight hems. */
const GOOD: Figures = { brightness: 40, patchiness: 10, lowered: 0.006, left: 0.02 };
const isShown = (figures: Partial<Figures>) => verdictOn({ ...GOOD, ...figures }) >= LIMITS.pair.verdict.legs;

describe('the verdict on a preview', () => {
  it('is good for dark cloth on evenly lit cloth', () => {
    // 2.87 - .0247 × 40 - .0387 × 10 - 47.3 × .006 - 4.92 × .02 = 1.1128.
    expect(verdictOn(GOOD)).toBeCloseTo(1 / (1 + Math.exp(-1.1128)), 4);
    expect(isShown({})).toBe(true);
  });

  it.each([
    ['pale cloth', { brightness: 150 }],
    ['sun and shadow, or a pattern, on what is worn', { patchiness: 55 }],
    ['an uneven hem', { lowered: 0.05 }],
    ['what is left, and cloth that is not dark', { left: 0.15, brightness: 90 }],
  ])('is bad for %s', (_, figures) => {
    expect(isShown(figures)).toBe(false);
  });
});

describe('the light of a garment', () => {
  const [width, height] = [24, 24];
  const isInside = (i: number) => i % width >= 4 && i % width < 20;
  const mask = Uint8Array.from({ length: width * height }, (_, i) => Number(isInside(i)));
  const grey = (level: (i: number) => number) => {
    const data = new Uint8Array(width * height * 3);
    for (let i = 0; i < width * height; i++) data.fill(level(i), i * 3, i * 3 + 3);
    return { width, height, data };
  };

  it('is what lies well within it', () => {
    // Two pixels along its sides are left out: 6 to 17.
    const image = grey((i) => (i % width >= 6 && i % width < 18 ? 90 : 255));
    expect(lightOf(image, mask).mean).toBeCloseTo(90);
    expect(lightOf(image, mask).spread).toBeCloseTo(0);
  });

  it('spreads where half of it lies in the shadow', () => {
    const { mean, spread } = lightOf(
      grey((i) => (i % width < 12 ? 60 : 120)),
      mask,
    );
    expect(mean).toBeCloseTo(90);
    expect(spread).toBeCloseTo(30);
  });
});
