/** Why the pieces of an outfit go together: pair by pair, the ones that carry it first. */

import type { Compatibility, EmbeddingSpace } from '../vision/contract.ts';
import { categoryName } from '../vocabulary/category.ts';
import { COLOURS, type ColourName } from '../vocabulary/taxonomy.ts';
import type { FoundOutfit } from './found-outfit.ts';
import { dot, type PairScore } from './pair-scores.ts';
import type { Composed, Piece } from './piece.ts';

export interface PairReason {
  readonly slots: string[];
  readonly score: number;
  readonly colours: ColourName[];
  readonly patternSimilarity: number | null;
  readonly wornTogether: number | null;
  readonly categoriesWornTogether: number | null;
  readonly isInLook: boolean;
  readonly lookCount: number | null;
  readonly isOftenWorn: boolean;
  readonly hasPatternsAlike: boolean;
  readonly summary: string;
}

export interface ComposedReason {
  readonly summary: string;
  readonly pairs: PairReason[];
}

const MOST_PAIRS = 10;
/** From here on the summary of a pair says that the colours are often worn together: in one look of so many. */
const OFTEN = 50;
/** As for similar items (retrieval/reason.ts). */
const ALIKE = 0.5;

/** What is known of the pieces, beside the model's scores. */
export interface Known {
  readonly looks: Compatibility['looks'];
  readonly space: EmbeddingSpace;
}

export function reasonOfOutfit(
  { pieces, pairScore, together, look }: Composed & Pick<FoundOutfit, 'pairScore' | 'together' | 'look'>,
  known: Known,
): ComposedReason {
  const pairs = pieces.flatMap((a, i) =>
    pieces.slice(i + 1).flatMap((b) => {
      const isInLook = look !== null || together(a, b);
      return reasonOfPair(a, b, pairScore, isInLook, known) ?? [];
    }),
  );
  pairs.sort((a, b) => b.score - a.score);
  const best = pairs[0]?.summary;
  const summary = look
    ? 'The shop shows these together.'
    : best
      ? `${best[0]!.toUpperCase()}${best.slice(1)}.`
      : '';
  return { summary: summary || 'There is nothing to compare.', pairs: pairs.slice(0, MOST_PAIRS) };
}

function reasonOfPair(
  a: Piece,
  b: Piece,
  pairScore: PairScore,
  isInLook: boolean,
  { looks, space }: Known,
): PairReason | null {
  const score = pairScore(a, b);
  if (Number.isNaN(score)) return null;
  const colours = a.colour && b.colour ? [a.colour, b.colour] : [];
  const placeOf = (colour: ColourName) => COLOURS.indexOf(colour);
  const wornTogether =
    looks && a.colour && b.colour ? looks.colourPairs[placeOf(a.colour)]![placeOf(b.colour)]! : null;
  const areKinds = a.category !== 0 && b.category !== 0;
  const alike = patternSimilarity(space, a, b);
  const reason = {
    slots: [a.slot, b.slot],
    score,
    colours,
    patternSimilarity: alike,
    hasPatternsAlike: alike !== null && alike >= ALIKE,
    wornTogether,
    isOftenWorn: looks !== null && wornTogether !== null && wornTogether * OFTEN >= looks.count,
    lookCount: looks?.count ?? null,
    categoriesWornTogether: looks && areKinds ? looks.categoryPairs[a.category]![b.category]! : null,
    isInLook,
  };
  return { ...reason, summary: summarise(a, b, reason) };
}

/** The cosine of the blocks of the embeddings; null if the model has no such block or a garment nothing in it. */
function patternSimilarity({ parts }: EmbeddingSpace, a: Piece, b: Piece): number | null {
  const part = parts?.find(({ name }) => name === 'pattern');
  if (!part) return null;
  const [one, other] = [a, b].map(({ embedding }) => embedding.subarray(part.from, part.to));
  const lengths = Math.sqrt(dot(one!, one!) * dot(other!, other!));
  return lengths > 0 ? Math.max(-1, Math.min(1, dot(one!, other!) / lengths)) : null;
}

/** Such as "navy trousers go with a white short sleeve top: worn together in 41 of 1,500 street looks, patterns alike". */
function summarise(
  a: Piece,
  b: Piece,
  { wornTogether, isOftenWorn, lookCount, hasPatternsAlike, isInLook }: Omit<PairReason, 'summary'>,
): string {
  const facts = [
    isInLook ? 'the shop shows them together' : null,
    isOftenWorn
      ? `these colours were worn together in ${wornTogether?.toLocaleString('en')} of ${lookCount?.toLocaleString('en')} street looks`
      : null,
    hasPatternsAlike ? 'patterns alike' : null,
  ].filter((fact) => fact !== null);
  const names = `${nameOf(a)} with ${nameOf(b)}`;
  return facts.length > 0 ? `${names}: ${facts.join(', ')}` : names;
}

function nameOf({ category, colour, slot }: Piece): string {
  const kind = category === 0 ? slot : categoryName(category);
  return colour ? `${colour} ${kind}` : kind;
}
