import { describe, expect, it } from 'vitest';
import { difference, wilson } from '../../../../server/insights/interval.ts';

describe('wilson', () => {
  it('agrees with the published intervals', () => {
    // Newcombe 1998 (Statistics in Medicine 17, 857–872), table I, method 3.
    const [a, b] = [wilson(81, 263)!, wilson(15, 148)!];
    expect([a.low, a.high].map((end) => end.toFixed(4))).toEqual(['0.2553', '0.3662']);
    expect([b.low, b.high].map((end) => end.toFixed(4))).toEqual(['0.0624', '0.1605']);
    expect(
      [wilson(0, 20)!, wilson(1, 29)!].map(({ low, high }) => [low.toFixed(4), high.toFixed(4)]),
    ).toEqual([
      ['0.0000', '0.1611'],
      ['0.0061', '0.1718'],
    ]);
  });

  it('has none without trials, and is never above all', () => {
    expect(wilson(3, 0)).toBeNull();
    expect(wilson(5, 2)).toMatchObject({ share: 1, high: 1 });
  });
});

describe('difference', () => {
  it('agrees with the published intervals of the differences', () => {
    // Newcombe 1998 (Statistics in Medicine 17, 873–890), table II, method 10: 56/70 − 48/80, and 10/10 − 0/20.
    const cases = [
      [56, 70, 48, 80, '0.0524', '0.3339'],
      [9, 10, 3, 10, '0.1705', '0.8090'],
      [10, 10, 0, 20, '0.6791', '1.0000'],
    ] as const;
    for (const [a, m, b, n, low, high] of cases) {
      const found = difference(wilson(a, m)!, wilson(b, n)!);
      expect([found.low.toFixed(4), found.high.toFixed(4)]).toEqual([low, high]);
    }
  });

  it('includes 0 where two parts do not differ', () => {
    const { low, high } = difference(wilson(10, 100)!, wilson(1, 10)!);
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });
});
