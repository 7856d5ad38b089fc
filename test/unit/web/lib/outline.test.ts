import { describe, expect, it } from 'vitest';
import { extended, isClosed, type Outline, outlinePath, thinned } from '../../../../web/lib/outline.ts';

const SIZE = { width: 1000, height: 500 };

describe('an outline', () => {
  it('follows the pointer in steps, within the picture', () => {
    let outline: Outline = [];
    for (const x of [-20, 1, 5, 12, 19, 1200]) outline = extended(outline, [x, 100], SIZE);
    expect(outline).toEqual([
      [0, 100],
      [12, 100],
      [1000, 100],
    ]);
  });

  it('is sent with at most a hundred corners, the first among them', () => {
    const long = Array.from({ length: 251 }, (_, i) => [i, i] as const);
    expect(thinned(long).length).toBeLessThanOrEqual(100);
    expect(thinned(long).slice(0, 2)).toEqual([long[0], long[3]]);
    expect(thinned(long.slice(0, 100))).toHaveLength(100);
  });

  it('needs an inside', () => {
    expect(
      isClosed([
        [0, 0],
        [40, 0],
        [0, 40],
      ]),
    ).toBe(true);
    expect(
      isClosed([
        [0, 0],
        [40, 40],
      ]),
    ).toBe(false);
    expect(
      isClosed([
        [0, 0],
        [40, 40],
        [80, 80],
      ]),
    ).toBe(false);
    expect(
      isClosed([
        [0, 0],
        [9, 0],
        [0, 9],
      ]),
    ).toBe(false);
    expect(
      outlinePath([
        [0, 0],
        [40, 0],
        [0, 40],
      ]),
    ).toBe('M0.0 0.0L40.0 0.0L0.0 40.0Z');
    expect(outlinePath([])).toBe('');
  });
});
