/** The candidates of every open slot, read from the database. */

import type { Queryable } from '../db/database.ts';
import { type PriceLimits, priceLimits } from './budget.ts';
import { type Candidate, type SlotQuery, searchCandidates } from './candidates.ts';
import type { Piece } from './piece.ts';
import { readItemPieces } from './pieces.sql.ts';
import type { Setting } from './setting.ts';
import { spread } from './spread.ts';
import { findCheapest, type StockQuery } from './stock.sql.ts';
import { toItemPiece } from './to-piece.ts';

/** Items that are read for a slot, by distance alone. */
const READ = 96;
/** Candidates that are kept for each slot. */
const KEPT = 40;

export interface PoolAsk {
  readonly stock: StockQuery;
  readonly queries: readonly SlotQuery[];
  /** The slots that may be filled, one list for each kind of outfit. */
  readonly templates: readonly (readonly string[])[];
  /** What is left of the budget for the open slots. */
  readonly rest: number | null;
  readonly noise: (itemId: string) => number;
  /** Items to be read beside the candidates. */
  readonly further: readonly string[];
}

export interface Pool {
  readonly candidates: ReadonlyMap<string, readonly Piece[]>;
  /** The further items, as far as they can be in an outfit. */
  readonly further: ReadonlyMap<string, Piece>;
  /** False if even the cheapest items cost more than the budget. */
  readonly isAffordable: boolean;
}

export async function readPool(db: Queryable, setting: Setting, ask: PoolAsk): Promise<Pool> {
  const { queries, templates, rest, noise } = ask;
  const limits = rest === null ? null : await limitPrices(db, ask, templates, rest);
  const found = new Map<string, Candidate[]>();
  for (const query of queries) {
    const limit = limits?.get(query.slot);
    if (limits && !limit) continue;
    const list = found.get(query.slot) ?? [];
    list.push(...(await search(db, setting, ask, query, limit ?? null)));
    found.set(query.slot, list);
  }
  const kept = new Map(
    [...found].map(([slot, list]) => {
      const moved = [...new Map(list.map((one) => [one.itemId, one])).values()].map((one) => ({
        itemId: one.itemId,
        rank: one.score + noise(one.itemId),
      }));
      moved.sort((a, b) => b.rank - a.rank || (a.itemId < b.itemId ? -1 : 1));
      return [slot, spread(moved, KEPT).map(({ itemId }) => itemId)];
    }),
  );
  const ids = [...new Set([...[...kept.values()].flat(), ...ask.further])];
  const rows = await readItemPieces(db, setting.source, setting.rules, ids);
  const pieces = new Map(rows.flatMap((row) => toItemPiece(row) ?? []).map((piece) => [piece.id, piece]));
  const candidates = new Map(
    [...kept].map(([slot, list]) => [slot, list.flatMap((id) => pieces.get(id) ?? [])]),
  );
  const further = new Map(ask.further.flatMap((id) => (pieces.has(id) ? [[id, pieces.get(id)!]] : [])));
  return { candidates, further, isAffordable: limits === null || limits.size > 0 };
}

async function limitPrices(
  db: Queryable,
  { stock }: PoolAsk,
  templates: PoolAsk['templates'],
  rest: number,
): Promise<Map<string, PriceLimits>> {
  const cheapest = await findCheapest(db, stock, [...new Set(templates.flat())]);
  return priceLimits(templates, cheapest, rest);
}

async function search(
  db: Queryable,
  { source, rules }: Setting,
  { stock }: PoolAsk,
  query: SlotQuery,
  limit: PriceLimits | null,
): Promise<Candidate[]> {
  const by = { source, rules, filter: stock.filter, where: stock.where, limit: READ };
  if (limit === null) return searchCandidates(db, by, query);
  const dear = await searchCandidates(db, by, query, limit.most);
  return [...dear, ...(await searchCandidates(db, by, query, limit.fair))];
}
