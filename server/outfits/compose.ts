/** Beam search for the best outfits: what is fixed, and for each open slot one of its candidates. */

import { MIN_PAIR } from './limits.ts';
import { type PairScore, weightOf } from './pair-scores.ts';
import { type Composed, keyOfPiece, type Piece } from './piece.ts';
import { contradict } from './seasons.ts';

export interface Composition {
  /** In every outfit. They may break the rules below among themselves: somebody wears or wants them so. */
  readonly fixed: readonly Piece[];
  /** The slots to fill, one list for each kind of outfit. */
  readonly templates: readonly (readonly string[])[];
  readonly candidates: ReadonlyMap<string, readonly Piece[]>;
  readonly pairScore: PairScore;
  /** Most that the open slots may cost together. */
  readonly budgetMinor: number | null;
  /** Moves the rank of an outfit, given the keys of its pieces. */
  readonly noise?: (key: string) => number;
  /** Partial outfits that are kept after each slot. */
  readonly width?: number;
}

/** What a step of a boost or bury is worth in the rank of an outfit, spread over its open slots. */
const STEP = 0.06;
const WIDTH = 300;

/** A partial outfit. */
interface State {
  readonly chosen: readonly Piece[];
  readonly sum: number;
  readonly weight: number;
  readonly spent: number;
  readonly steps: number;
}

/** The best outfits of all templates, best first. Each kind has `width` of them at most. */
export function compose({
  fixed,
  templates,
  candidates,
  pairScore,
  budgetMinor,
  noise = () => 0,
  width = WIDTH,
}: Composition): Composed[] {
  const start = startOf(fixed, pairScore);
  const found = templates.flatMap((slots) => {
    const choices = slots.map((slot) => candidates.get(slot) ?? []);
    const restOf = choices.map((_, i) =>
      choices.slice(i + 1).reduce((sum, pieces) => sum + cheapest(pieces), 0),
    );
    let states: State[] = [start];
    choices.forEach((pieces, i) => {
      const most = budgetMinor === null ? Number.POSITIVE_INFINITY : budgetMinor - restOf[i]!;
      const next = states.flatMap((state) =>
        pieces.flatMap((piece) => {
          if (state.spent + (piece.priceMinor ?? 0) > most) return [];
          const added = add(state, piece, fixed, pairScore);
          return added ? [added] : [];
        }),
      );
      states = best(next, width);
    });
    return states.map((state) => toComposed(state, start, fixed, noise));
  });
  return found.sort((a, b) => b.rank - a.rank || compareKeys(a, b));
}

function startOf(fixed: readonly Piece[], pairScore: PairScore): State {
  let state: State = { chosen: [], sum: 0, weight: 0, spent: 0, steps: 0 };
  fixed.forEach((piece, i) => {
    state = { ...state, ...sumsWith(state, piece, fixed.slice(0, i), pairScore) };
  });
  return state;
}

function sumsWith(state: State, piece: Piece, others: readonly Piece[], pairScore: PairScore) {
  let { sum, weight } = state;
  for (const other of others) {
    const score = pairScore(other, piece);
    if (Number.isNaN(score)) continue;
    sum += weightOf(other, piece) * score;
    weight += weightOf(other, piece);
  }
  return { sum, weight };
}

/** The outfit with one more piece; null if the piece cannot be in it. */
function add(state: State, piece: Piece, fixed: readonly Piece[], pairScore: PairScore): State | null {
  let { sum, weight } = state;
  for (const others of [fixed, state.chosen]) {
    for (const other of others) {
      if (isSameProduct(other, piece) || contradict(other, piece)) return null;
      const score = pairScore(other, piece);
      if (Number.isNaN(score)) continue;
      const counts = weightOf(other, piece);
      if (counts === 1 && score < MIN_PAIR) return null;
      sum += counts * score;
      weight += counts;
    }
  }
  return {
    chosen: [...state.chosen, piece],
    sum,
    weight,
    spent: state.spent + (piece.priceMinor ?? 0),
    steps: state.steps + piece.steps,
  };
}

/** Whether an outfit should have one of the two at most: an item, or a variant of it. */
export function isSameProduct(a: Piece, b: Piece): boolean {
  const isSameItem = a.itemId !== null && a.itemId === b.itemId;
  return isSameItem || (a.groupId !== null && a.groupId === b.groupId);
}

function rankOf({ sum, weight, steps, chosen }: State): number {
  return scoreOf({ sum, weight }) - (STEP * steps) / Math.max(1, chosen.length);
}

const scoreOf = ({ sum, weight }: Pick<State, 'sum' | 'weight'>) => (weight > 0 ? sum / weight : 1);

function best(states: State[], width: number): State[] {
  const ranked = states.map((state) => ({ state, rank: rankOf(state) }));
  ranked.sort((a, b) => b.rank - a.rank);
  return ranked.slice(0, width).map(({ state }) => state);
}

function toComposed(
  state: State,
  start: State,
  fixed: readonly Piece[],
  noise: (key: string) => number,
): Composed {
  const pieces = [...fixed, ...state.chosen];
  const key = state.chosen.map(keyOfPiece).join('\n');
  const fit = scoreOf({ sum: state.sum - start.sum, weight: state.weight - start.weight });
  return { pieces, score: scoreOf(state), fit, rank: rankOf(state) + noise(key) };
}

function compareKeys(a: Composed, b: Composed): number {
  const [one, other] = [a, b].map(({ pieces }) => pieces.map(keyOfPiece).join('\n'));
  return one! < other! ? -1 : one! > other! ? 1 : 0;
}

function cheapest(pieces: readonly Piece[]): number {
  return Math.min(...pieces.map(({ priceMinor }) => priceMinor ?? 0), Number.POSITIVE_INFINITY);
}
