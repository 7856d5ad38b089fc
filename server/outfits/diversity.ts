/** Chooses outfits that are good and different from each other: maximal marginal relevance within a bounded loss. */

import { dot } from './pair-scores.ts';
import type { Composed, Piece } from './piece.ts';

/** At dial 1 an outfit may have so much less than the best rank, as a share of it; at dial 0.5 half of that. */
const MOST_LOSS = 0.2;
/** What a distance weighs beside a score: of outfits around one item, distances differ by less than half as much. */
const DISTANCE = 2;

/** `count` of the outfits, which are sorted by rank, or all if there are fewer. At dial 0 the first ones. */
export function diversify(outfits: readonly Composed[], count: number, dial: number): Composed[] {
  const [best] = outfits;
  if (!best || count < 1) return [];
  const last = outfits[Math.min(count, outfits.length) - 1]!;
  const least = Math.min(last.rank, best.rank - MOST_LOSS * dial * Math.abs(best.rank));
  const left = outfits.filter(({ rank }) => rank >= least);
  const cosine = cosines();
  const chosen = [best];
  const nearest = left.map((outfit) => distanceBetween(outfit, best, cosine));
  left.splice(0, 1);
  nearest.splice(0, 1);
  while (chosen.length < count && left.length > 0) {
    let at = 0;
    let most = Number.NEGATIVE_INFINITY;
    left.forEach(({ rank }, i) => {
      const value = (1 - dial) * rank + dial * DISTANCE * nearest[i]!;
      if (value > most) [at, most] = [i, value];
    });
    const [next] = left.splice(at, 1);
    nearest.splice(at, 1);
    chosen.push(next!);
    left.forEach((outfit, i) => {
      nearest[i] = Math.min(nearest[i]!, distanceBetween(outfit, next!, cosine));
    });
  }
  return chosen.sort((a, b) => b.rank - a.rank);
}

type Cosine = (a: Piece, b: Piece) => number;

/** 1 − the mean cosine of each piece to the best matching one of the other outfit, in both directions. */
export function distanceBetween(a: Composed, b: Composed, cosine: Cosine = cosines()): number {
  return 1 - (meanBest(a.pieces, b.pieces, cosine) + meanBest(b.pieces, a.pieces, cosine)) / 2;
}

function meanBest(of: readonly Piece[], among: readonly Piece[], cosine: Cosine): number {
  let sum = 0;
  for (const piece of of) {
    let most = -1;
    for (const other of among) most = Math.max(most, cosine(piece, other));
    sum += most;
  }
  return sum / of.length;
}

/** Computes each cosine once. */
function cosines(): Cosine {
  const known = new Map<Piece, Map<Piece, number>>();
  return (a, b) => {
    if (a === b) return 1;
    const ofA = known.get(a) ?? new Map<Piece, number>();
    known.set(a, ofA);
    let value = ofA.get(b);
    if (value === undefined) {
      value = dot(a.embedding, b.embedding);
      ofA.set(b, value);
      const ofB = known.get(b) ?? new Map<Piece, number>();
      known.set(b, ofB);
      ofB.set(a, value);
    }
    return value;
  };
}
