import { describe, expect, it } from 'vitest';
import { effortFor } from '../../../../../server/retrieval/nearest/effort.ts';

const effortOf = (share: number, rows: number) => effortFor({ all: 1e6, passing: share * 1e6 }, rows);

describe('how wide the index is walked', () => {
  it('grows as fewer pass, to what pgvector takes', () => {
    const widths = [1, 0.5, 0.1, 0.05, 0.01, 1e-6].map((share) => effortOf(share, 28).efSearch);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(widths[0]).toBeGreaterThan(200);
    expect(widths.at(-1)).toBe(1000);
  });

  it('is expected to fill a page at once, in the end, or not at all', () => {
    expect(effortOf(1, 108)).toMatchObject({ isAtOnce: true, isInVain: false });
    expect(effortOf(0.02, 28)).toMatchObject({ isAtOnce: false, isInVain: false });
    expect(effortOf(0.001, 28)).toMatchObject({ isAtOnce: false, isInVain: true });
  });

  it('is far where many items lie densely, and where many pass a filter that few pass', () => {
    const [near, behindFilter] = [effortOf(1, 28), effortOf(0.02, 28)];
    const large = effortFor({ all: 3e6, passing: 3e6 }, 28);
    for (const far of [behindFilter, large]) {
      expect(far.efSearch).toBe(1000);
      expect(far.shortWalk).toBeGreaterThan(10 * near.shortWalk);
    }
    // Beyond the first two batches, in which too few of the nearest are.
    expect(large.slack).toBeGreaterThan(2 * large.efSearch);
    expect(behindFilter.slack).toBeGreaterThan(near.slack);
    // So few are compared one by one.
    expect(effortFor({ all: 1e5, passing: 3000 }, 28).shortWalk).toBe(near.shortWalk);
  });
});

describe('garments are joined with their items after the walk', () => {
  const aloneOf = (all: number, share: number) => effortFor({ all, passing: share * all }, 28).alone;

  it('where the shop is large and most items pass, as many as would have been joined on the way', () => {
    for (const share of [1, 0.5]) {
      const { slack } = effortFor({ all: 3e6, passing: share * 3e6 }, 28);
      expect(aloneOf(3e6, share)).toBe(Math.ceil((28 + slack) / share));
    }
  });

  it('and on the way elsewhere', () => {
    expect(aloneOf(3e6, 0.1)).toBeNull();
    for (const share of [1, 0.5, 0.02]) expect(aloneOf(1e6, share)).toBeNull();
  });
});

it('walks the index as without a filter where the plan tells nothing', () => {
  expect(effortFor({ all: 0, passing: 0 }, 28)).toEqual({ ...effortOf(1, 28), candidates: 0 });
});
