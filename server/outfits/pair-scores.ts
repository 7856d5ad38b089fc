/** How well two pieces go together, for all pieces that may meet in an outfit. */

import type { Compatibility, CompatibilityAsk } from '../vision/contract.ts';
import type { Piece } from './piece.ts';
import { isInsteadOf } from './templates.ts';

/** The probability, 0 to 1, that the two were worn together, against a random pair at even odds. */
export type PairScore = (a: Piece, b: Piece) => number;

/** A pair that the shop shows together counts as this probable at least. */
const SHOWN_TOGETHER = 0.9;

/**
 * Asks the model once for all pairs of pieces in different slots. `together`: whether a look of the shop has both items.
 */
export async function scorePairs(
  compatibility: Compatibility,
  slots: readonly (readonly Piece[])[],
  together: (a: Piece, b: Piece) => boolean = () => false,
): Promise<PairScore> {
  const queries = new Map<string, Float32Array>();
  const { asks, keys } = plan(slots);
  (await compatibility.queries(asks)).forEach((query, i) => {
    queries.set(keys[i]!, query);
  });
  const place = new Map(slots.flat().map((piece, i) => [piece, i]));
  const known = new Float64Array(place.size ** 2).fill(Number.NaN);
  const compute = (a: Piece, b: Piece): number => {
    const own = queries.get(keyOf(place.get(a)!, b.category));
    const query = own ?? queries.get(keyOf(place.get(b)!, a.category));
    if (!query) return Number.NaN;
    const probability = sigmoid(logitOf(compatibility, a, b, dot(query, (own ? b : a).embedding)));
    return together(a, b) ? Math.max(SHOWN_TOGETHER, probability) : probability;
  };
  return (a, b) => {
    const [i, j] = [place.get(a), place.get(b)];
    if (i === undefined || j === undefined) return Number.NaN;
    const at = Math.min(i, j) * place.size + Math.max(i, j);
    if (Number.isNaN(known[at]!)) known[at] = compute(a, b);
    return known[at]!;
  };
}

/** Of two slots, the side that takes fewer runs of the model is asked about. */
function plan(slots: readonly (readonly Piece[])[]): { asks: CompatibilityAsk[]; keys: string[] } {
  const asks = new Map<string, CompatibilityAsk>();
  const firsts = slots.map((_, i) => slots.slice(0, i).reduce((sum, pieces) => sum + pieces.length, 0));
  const add = (i: number, targets: ReadonlySet<number>) => {
    slots[i]!.forEach(({ embedding, category }, at) => {
      for (const target of targets) {
        asks.set(keyOf(firsts[i]! + at, target), { embedding, source: category, target });
      }
    });
  };
  for (let i = 0; i < slots.length; i++) {
    for (let j = i + 1; j < slots.length; j++) {
      const [a, b] = [slots[i]!, slots[j]!];
      if (a.length === 0 || b.length === 0 || isInsteadOf(a[0]!.slot, b[0]!.slot)) continue;
      const [ofA, ofB] = [categoriesOf(a), categoriesOf(b)];
      if (a.length * ofB.size <= b.length * ofA.size) add(i, ofB);
      else add(j, ofA);
    }
  }
  return { asks: [...asks.values()], keys: [...asks.keys()] };
}

/** A raw score of two pieces as a logit. */
export function logitOf(
  { calibration: { scale, bias } }: Compatibility,
  a: Pick<Piece, 'category'>,
  b: Pick<Piece, 'category'>,
  raw: number,
): number {
  return scale[a.category]![b.category]! * raw + bias[a.category]![b.category]!;
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!;
  return sum;
}

const keyOf = (place: number, target: number) => `${place} ${target}`;
const categoriesOf = (pieces: readonly Piece[]) => new Set(pieces.map(({ category }) => category));

/** What a pair counts in an outfit's score: the model knows less of garments outside its categories. */
export function weightOf(a: Pick<Piece, 'category'>, b: Pick<Piece, 'category'>): number {
  return a.category === 0 || b.category === 0 ? 0.25 : 1;
}

/** The score of pieces that go together: the mean of their pairs by weight. 1 for a single piece. */
export function scoreOfPieces(pieces: readonly Piece[], pairScore: PairScore): number {
  let [sum, weight] = [0, 0];
  for (const [i, a] of pieces.entries()) {
    for (const b of pieces.slice(i + 1)) {
      const score = pairScore(a, b);
      if (Number.isNaN(score)) continue;
      sum += weightOf(a, b) * score;
      weight += weightOf(a, b);
    }
  }
  return weight > 0 ? sum / weight : 1;
}
