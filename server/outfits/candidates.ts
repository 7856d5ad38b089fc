/** Items that could fill a slot: the nearest ones to what the model says would go with what is fixed. */

import pgvector from 'pgvector/pg';
import type { ItemFilter } from '../catalogue/items/filter.ts';
import type { Queryable } from '../db/database.ts';
import type { Where } from '../retrieval/nearest/query.ts';
import { findNearestItems } from '../retrieval/nearest/search.ts';
import { allOf } from '../retrieval/ranking/conditions.ts';
import { STEP } from '../retrieval/ranking/rule.ts';
import type { Compatibility } from '../vision/contract.ts';
import { sigmoid, weightOf } from './pair-scores.ts';
import type { Piece } from './piece.ts';
import type { PieceSource } from './pieces.sql.ts';
import type { OutfitRules } from './rules.ts';
import { categoriesOfSlot } from './templates.ts';

/** What to search near for a slot. */
export interface SlotQuery {
  readonly slot: string;
  /** Unit vector. */
  readonly vector: Float32Array;
  /** The mean logit of an item's pairs with what is fixed is about `scale · cosine + bias`. */
  readonly scale: number;
  readonly bias: number;
}

/**
 * Logits are linear in the candidate's embedding, so those with several fixed pieces add up to a single vector. A slot
 * has one vector, the mean of those for its categories: within a slot they hardly differ (a cosine of 0.99), and one
 * search costs the database a third of three. The outfits' own scores are exact.
 */
export async function planSlotQueries(
  compatibility: Compatibility,
  fixed: readonly Piece[],
  slots: readonly string[],
): Promise<SlotQuery[]> {
  const parts = slots.flatMap((slot) =>
    categoriesOfSlot(slot).flatMap((category) => fixed.map((piece) => ({ slot, category, piece }))),
  );
  const queries = await compatibility.queries(
    parts.map(({ category: target, piece: { embedding, category: source } }) => ({
      embedding,
      source,
      target,
    })),
  );
  const { scale, bias } = compatibility.calibration;
  return slots.map((slot) => {
    const sum = new Float32Array(fixed[0]!.embedding.length);
    let [biases, weights] = [0, 0];
    parts.forEach(({ slot: of, category, piece }, i) => {
      if (of !== slot) return;
      const weight = weightOf(piece, { category });
      const factor = weight * scale[piece.category]![category]!;
      for (let d = 0; d < sum.length; d++) sum[d]! += factor * queries[i]![d]!;
      biases += weight * bias[piece.category]![category]!;
      weights += weight;
    });
    const length = Math.hypot(...sum) || 1;
    const vector = sum.map((value) => value / length);
    return { slot, vector, scale: length / weights, bias: biases / weights };
  });
}

export interface CandidateSearch {
  readonly source: PieceSource;
  readonly rules: OutfitRules;
  readonly filter: ItemFilter;
  /** Further conditions on every item. */
  readonly where: Where;
  /** Items to read. */
  readonly limit: number;
}

export interface Candidate {
  readonly itemId: string;
  readonly slot: string;
  /** The probability that it goes with what is fixed, 0 to 1, moved by a boost. */
  readonly score: number;
}

/** The candidates for a slot, best first; `priceMinor` is the most that one may cost. */
export async function searchCandidates(
  db: Queryable,
  { source, rules, filter, where, limit }: CandidateSearch,
  { slot, vector, scale, bias }: SlotQuery,
  priceMinor: number | null = null,
): Promise<Candidate[]> {
  const { shopId, shopCurrency, vectors, embeddingModel } = source;
  const find = (extra: Where | undefined, most: number) =>
    findNearestItems(db, {
      shopId,
      shopCurrency,
      vectors,
      embeddingModel,
      embedding: pgvector.toSql([...vector]),
      filter,
      where: allOf(inSlot(slot), where, atMost(priceMinor), extra),
      collapseVariants: true,
      limit: most,
    });
  const found = await find(undefined, limit);
  const boosted = rules.boosted();
  const raised = boosted ? await find(boosted, MOST_BOOSTED) : [];
  const scoreOf = (distance: number) => sigmoid(scale * (1 - distance) + bias);
  const candidates = new Map(
    found.map(({ itemId, distance }) => [itemId, { itemId, slot, score: scoreOf(distance) }]),
  );
  for (const { itemId, distance } of raised) {
    candidates.set(itemId, { itemId, slot, score: scoreOf(distance) + STEP });
  }
  return [...candidates.values()].sort((a, b) => b.score - a.score);
}

/** Boosted items that are read beside the best ones. */
const MOST_BOOSTED = 12;

function inSlot(slot: string): Where {
  return (bind) => [`i.slot = ${bind(slot)}::text`];
}

function atMost(priceMinor: number | null): Where | undefined {
  if (priceMinor === null) return undefined;
  return (bind) => [`i.price_now_minor <= ${bind(Math.max(0, priceMinor))}::bigint`];
}
