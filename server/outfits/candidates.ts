/** Items that could fill a slot: those near what the model says would go with what is fixed. */

import pgvector from 'pgvector/pg';
import type { ItemFilter } from '../catalogue/items/filter.ts';
import type { Queryable } from '../db/database.ts';
import type { Where } from '../retrieval/nearest/query.ts';
import { findItemsLeaning } from '../retrieval/nearest/search.ts';
import { allOf } from '../retrieval/ranking/conditions.ts';
import type { Compatibility } from '../vision/contract.ts';
import { weightOf } from './pair-scores.ts';
import type { Piece } from './piece.ts';
import type { PieceSource } from './pieces.sql.ts';
import type { OutfitRules } from './rules.ts';
import { categoriesOfSlot } from './templates.ts';

/** What to search near for a slot: a unit vector. */
export interface SlotQuery {
  readonly slot: string;
  readonly vector: Float32Array;
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
  const { scale } = compatibility.calibration;
  return slots.map((slot) => {
    const sum = new Float32Array(fixed[0]!.embedding.length);
    parts.forEach(({ slot: of, category, piece }, i) => {
      if (of !== slot) return;
      const factor = weightOf(piece, { category }) * scale[piece.category]![category]!;
      for (let d = 0; d < sum.length; d++) sum[d]! += factor * queries[i]![d]!;
    });
    return { slot, vector: unit(sum) };
  });
}

export interface CandidateSearch {
  readonly source: PieceSource;
  readonly rules: OutfitRules;
  readonly filter: ItemFilter;
  /** Further conditions on every item. */
  readonly where: Where;
  /** Where the slot's items lie; null if it has none. */
  readonly centre: Float32Array | null;
  /** Items to find. */
  readonly limit: number;
}

/**
 * How much of the slot's centre is added to the unit vector. With 1, most of what the index finds is in the slot, and about
 * as good as the exact best; with 2.5, all of it is, and less good (docs/outfits.md).
 */
const LEANINGS = [1, 2.5];

/** Boosted items that are read beside the best ones. */
const MOST_BOOSTED = 12;

/** The ids of candidates for a slot, in no order; `priceMinor` is the most that one may cost. */
export async function findCandidates(
  db: Queryable,
  { source, rules, filter, where, centre, limit }: CandidateSearch,
  { slot, vector }: SlotQuery,
  priceMinor: number | null = null,
): Promise<string[]> {
  if (!centre) return [];
  const leanings = LEANINGS.map((share) => toSql(vector.map((value, d) => value + share * centre[d]!)));
  const find = (extra: Where | undefined, most: number) => {
    const conditions = allOf(inSlot(slot), where, atMost(priceMinor), extra);
    return findItemsLeaning(
      db,
      { ...source, embedding: toSql(vector), filter, where: conditions, limit: most },
      leanings,
    );
  };
  const boosted = rules.boosted();
  const found = await find(undefined, limit);
  const raised = boosted ? await find(boosted, MOST_BOOSTED) : [];
  return [...new Set([...found, ...raised])];
}

function inSlot(slot: string): Where {
  return (bind) => [`i.slot = ${bind(slot)}::text`];
}

function atMost(priceMinor: number | null): Where | undefined {
  if (priceMinor === null) return undefined;
  return (bind) => [`i.price_now_minor <= ${bind(Math.max(0, priceMinor))}::bigint`];
}

function toSql(vector: Float32Array): string {
  return pgvector.toSql([...vector]);
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
