/** The candidates that outfits are composed of: the best of each slot, and ever fewer of the next ones. */

import { STEP } from '../retrieval/ranking/rule.ts';
import type { Compatibility } from '../vision/contract.ts';
import { dot, logitOf, sigmoid, weightOf } from './pair-scores.ts';
import type { Piece } from './piece.ts';
import { spread } from './spread.ts';

/** Candidates that are kept for each slot. */
const KEPT = 40;

/** Ranks candidates by how well they go with what is fixed, moved by rules and noise; of an item group, the best one. */
export async function shortlist(
  compatibility: Compatibility,
  fixed: readonly Piece[],
  candidates: ReadonlyMap<string, readonly Piece[]>,
  noise: (itemId: string) => number,
): Promise<Map<string, Piece[]>> {
  const goesWithFixed = await fitWith(compatibility, fixed, [...candidates.values()].flat());
  return new Map(
    [...candidates].map(([slot, pieces]) => {
      const ranked = pieces
        .map((piece) => ({ piece, rank: goesWithFixed(piece) - STEP * piece.steps + noise(piece.id) }))
        .sort((a, b) => b.rank - a.rank || (a.piece.id < b.piece.id ? -1 : 1))
        .map(({ piece }) => piece);
      return [slot, spread(onePerGroup(ranked), KEPT)];
    }),
  );
}

function onePerGroup(pieces: readonly Piece[]): Piece[] {
  const seen = new Set<string>();
  return pieces.filter(({ groupId }) => {
    if (groupId === null) return true;
    const isFirst = !seen.has(groupId);
    seen.add(groupId);
    return isFirst;
  });
}

/** The mean probability of a candidate's pairs with what is fixed. */
async function fitWith(
  compatibility: Compatibility,
  fixed: readonly Piece[],
  candidates: readonly Piece[],
): Promise<(candidate: Piece) => number> {
  const targets = [...new Set(candidates.map(({ category }) => category))];
  const queries = await compatibility.queries(
    fixed.flatMap(({ embedding, category: source }) =>
      targets.map((target) => ({ embedding, source, target })),
    ),
  );
  return (candidate) => {
    let [sum, weight] = [0, 0];
    fixed.forEach((piece, i) => {
      const query = queries[i * targets.length + targets.indexOf(candidate.category)]!;
      const counts = weightOf(piece, candidate);
      sum += counts * sigmoid(logitOf(compatibility, piece, candidate, dot(query, candidate.embedding)));
      weight += counts;
    });
    return sum / weight;
  };
}
