import { describe, expect, it } from 'vitest';
import { distanceBetween, diversify } from '../../../../server/outfits/diversity.ts';
import type { Composed } from '../../../../server/outfits/piece.ts';
import { makePiece } from '../../../helpers/pieces.ts';

const outfit = (id: string, score: number, ...vectors: number[][]): Composed => ({
  pieces: vectors.map((vector, i) => makePiece(`${id}${i}`, { embedding: Float32Array.from(vector) })),
  score,
  fit: score,
  rank: score,
});
const names = (outfits: readonly Composed[]) => outfits.map(({ pieces }) => pieces[0]!.id);

describe('distanceBetween', () => {
  it('is 1 − the mean cosine of each piece to its best match, in both directions', () => {
    const a = outfit('a', 1, [1, 0], [0, 1]);
    const b = outfit('b', 1, [0.6, 0.8]);
    // From a: (0.6 + 0.8) / 2 = 0.7; from b: 0.8.
    expect(distanceBetween(a, b)).toBeCloseTo(1 - (0.7 + 0.8) / 2, 6);
    expect(distanceBetween(a, a)).toBeCloseTo(0, 6);
  });
});

describe('diversify', () => {
  // Distances to a: b 0.02, c 0.4, d 1.
  const a = outfit('a', 0.9, [1, 0]);
  const b = outfit('b', 0.89, [0.98, Math.sqrt(1 - 0.98 ** 2)]);
  const c = outfit('c', 0.85, [0.6, 0.8]);
  const d = outfit('d', 0.75, [0, 1]);
  const all = [a, b, c, d];

  it('takes the best ones at dial 0', () => {
    expect(names(diversify(all, 2, 0))).toEqual(['a0', 'b0']);
  });

  it('weighs the score against the distance to what is chosen', () => {
    // b: 0.5 · 0.89 + 0.5 · 2 · 0.02 = 0.465; c: 0.5 · 0.85 + 0.5 · 2 · 0.4 = 0.825; d is more than a tenth worse than
    // the best.
    expect(names(diversify(all, 2, 0.5))).toEqual(['a0', 'c0']);
    // 0.75 is not below 0.9 − 20 % of it.
    expect(names(diversify(all, 2, 1))).toEqual(['a0', 'd0']);
  });

  it('fills the list however much worse the next ones are', () => {
    expect(names(diversify(all, 4, 0.5))).toEqual(['a0', 'b0', 'c0', 'd0']);
    expect(names(diversify(all, 9, 0))).toEqual(['a0', 'b0', 'c0', 'd0']);
    expect(diversify([], 3, 0.5)).toEqual([]);
  });
});
