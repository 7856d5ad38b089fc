import { describe, expect, it } from 'vitest';
import { effortFor, guessedShare } from '../../server/retrieval/effort.ts';

describe('how wide the index is walked', () => {
  it('grows as fewer pass, to what pgvector takes', () => {
    const widths = [1, 0.5, 0.1, 0.05, 0.01, 1e-6].map((share) => effortFor(share, 28).efSearch);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(widths[0]).toBeGreaterThan(200);
    expect(widths.at(-1)).toBe(1000);
  });

  it('is expected to fill a page at once, in the end, or not at all', () => {
    expect(effortFor(1, 108)).toMatchObject({ isAtOnce: true, isInVain: false });
    expect(effortFor(0.02, 28)).toMatchObject({ isAtOnce: false, isInVain: false });
    expect(effortFor(0.01, 28)).toMatchObject({ isAtOnce: false, isInVain: true });
  });
});

describe('the share of a plan', () => {
  const plan = (...rows: number[]) =>
    guessedShare({ 'QUERY PLAN': [{ Plan: { Plans: rows.map((count) => ({ 'Plan Rows': count })) } }] });

  it('is what passes of all', () => {
    expect(plan(1000, 50)).toBe(0.05);
    expect(plan(1000, 0)).toBe(0.001);
    expect(plan(0, 0)).toBe(1);
    expect(plan(10, 20)).toBe(1);
  });

  it('is all where the plan tells nothing', () => {
    expect(guessedShare({ 'QUERY PLAN': [{ Plan: {} }] })).toBe(1);
  });
});
