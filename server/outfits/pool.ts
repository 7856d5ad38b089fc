/** The candidates of every open slot, read from the database. */

import type { Queryable } from '../db/database.ts';
import { type PriceLimits, priceLimits } from './budget.ts';
import { findCandidates, type SlotQuery } from './candidates.ts';
import { readCentres } from './centres.sql.ts';
import type { Piece } from './piece.ts';
import { readItemPieces } from './pieces.sql.ts';
import type { Setting } from './setting.ts';
import { findCheapest, type StockQuery } from './stock.sql.ts';
import { toItemPiece } from './to-piece.ts';

/** Items that are read for a slot. */
const READ = 160;

export interface PoolAsk {
  readonly stock: StockQuery;
  readonly queries: readonly SlotQuery[];
  /** The slots that may be filled, one list for each kind of outfit. */
  readonly templates: readonly (readonly string[])[];
  /** What is left of the budget for the open slots. */
  readonly rest: number | null;
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
  const { queries, templates, rest } = ask;
  const limits = rest === null ? null : await limitPrices(db, ask, templates, rest);
  const centres = await readCentres(
    db,
    setting.source,
    queries.map(({ slot }) => slot),
  );
  const found = new Map<string, string[]>();
  for (const query of queries) {
    const limit = limits?.get(query.slot);
    if (limits && !limit) continue;
    const centre = centres.get(query.slot) ?? null;
    found.set(query.slot, await search(db, setting, ask, query, centre, limit ?? null));
  }
  const ids = [...new Set([...[...found.values()].flat(), ...ask.further])];
  const rows = await readItemPieces(db, setting.source, setting.rules, ids);
  const pieces = new Map(rows.flatMap((row) => toItemPiece(row) ?? []).map((piece) => [piece.id, piece]));
  const ofIds = (list: readonly string[]) => list.flatMap((id) => pieces.get(id) ?? []);
  return {
    candidates: new Map([...found].map(([slot, list]) => [slot, ofIds(list)])),
    further: new Map(ofIds(ask.further).map((piece) => [piece.id, piece])),
    isAffordable: limits === null || limits.size > 0,
  };
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
  { stock: { filter, where } }: PoolAsk,
  query: SlotQuery,
  centre: Float32Array | null,
  limit: PriceLimits | null,
): Promise<string[]> {
  const by = { source, rules, filter, where, centre, limit: READ };
  if (limit === null) return findCandidates(db, by, query);
  const dear = await findCandidates(db, by, query, limit.most);
  return [...new Set([...dear, ...(await findCandidates(db, by, query, limit.fair))])];
}
