/** Items that could fill a slot: the nearest ones to what the model says would go with what is fixed. */

import pgvector from 'pgvector/pg';
import type { ItemFilter } from '../catalogue/items/filter.ts';
import type { Queryable } from '../db/database.ts';
import type { Where } from '../retrieval/nearest/query.ts';
import { findNearestItems } from '../retrieval/nearest/search.ts';
import { allOf } from '../retrieval/ranking/conditions.ts';
import { STEP } from '../retrieval/ranking/rule.ts';
import type { Compatibility, CompatibilityAsk } from '../vision/contract.ts';
import type { Category } from '../vocabulary/category.ts';
import { sigmoid, weightOf } from './pair-scores.ts';
import type { Piece } from './piece.ts';
import type { PieceSource } from './pieces.sql.ts';
import type { OutfitRules } from './rules.ts';
import { categoriesOfSlot } from './templates.ts';

/** What to search near for one category of a slot. */
export interface SlotQuery {
  readonly slot: string;
  /** 0: any that the shop has in its own slot. */
  readonly category: Category | 0;
  /** Unit vector. */
  readonly vector: Float32Array;
  /** The mean logit of an item's pairs with what is fixed is `scale · cosine + bias`. */
  readonly scale: number;
  readonly bias: number;
}

/**
 * One for each category of the slots. Logits are linear in the candidate's embedding, so those with several fixed pieces
 * add up to a single vector.
 */
export async function planSlotQueries(
  compatibility: Compatibility,
  fixed: readonly Piece[],
  slots: readonly string[],
): Promise<SlotQuery[]> {
  const targets = slots.flatMap((slot) => categoriesOfSlot(slot).map((category) => ({ slot, category })));
  const asks = targets.flatMap(({ category }) =>
    fixed.map(
      ({ embedding, category: source }): CompatibilityAsk => ({ embedding, source, target: category }),
    ),
  );
  const queries = await compatibility.queries(asks);
  const { scale, bias } = compatibility.calibration;
  return targets.map(({ slot, category }, t) => {
    const sum = new Float32Array(fixed[0]!.embedding.length);
    let [biases, weights] = [0, 0];
    fixed.forEach((piece, i) => {
      const weight = weightOf(piece, { category });
      const query = queries[t * fixed.length + i]!;
      const factor = weight * scale[piece.category]![category]!;
      for (let d = 0; d < sum.length; d++) sum[d]! += factor * query[d]!;
      biases += weight * bias[piece.category]![category]!;
      weights += weight;
    });
    const length = Math.hypot(...sum) || 1;
    const vector = sum.map((value) => value / length);
    return {
      slot,
      category: category as Category | 0,
      vector,
      scale: length / weights,
      bias: biases / weights,
    };
  });
}

export interface CandidateSearch {
  readonly source: PieceSource;
  readonly rules: OutfitRules;
  readonly filter: ItemFilter;
  /** Further conditions on every item. */
  readonly where: Where;
  /** Items read for each category. */
  readonly limit: number;
}

export interface Candidate {
  readonly itemId: string;
  readonly slot: string;
  /** The probability that it goes with what is fixed, 0 to 1, moved by a boost. */
  readonly score: number;
}

/** The candidates for one query, best first; `priceMinor` is the most that one may cost. */
export async function searchCandidates(
  db: Queryable,
  { source, rules, filter, where, limit }: CandidateSearch,
  { slot, category, vector, scale, bias }: SlotQuery,
  priceMinor: number | null = null,
): Promise<Candidate[]> {
  const { shopId, shopCurrency, vectors, embeddingModel } = source;
  const categories = category === 0 ? [] : [category];
  const find = (extra: Where | undefined, most: number) =>
    findNearestItems(db, {
      shopId,
      shopCurrency,
      vectors,
      embeddingModel,
      embedding: pgvector.toSql([...vector]),
      filter,
      where: allOf(inSlot(slot, category), where, atMost(priceMinor), rules.allowed(categories), extra),
      collapseVariants: true,
      limit: most,
    });
  const found = await find(undefined, limit);
  const boosted = rules.boosted(categories);
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

/** Items of the slot. */
export function inSlot(slot: string, category: Category | 0): Where {
  return (bind) =>
    category === 0
      ? [`i.own_slot = ${bind(slot)}::text`]
      : [`i.category = ${bind(category)}::smallint`, 'i.own_slot is null'];
}

function atMost(priceMinor: number | null): Where | undefined {
  if (priceMinor === null) return undefined;
  return (bind) => [`i.price_now_minor <= ${bind(Math.max(0, priceMinor))}::bigint`];
}
