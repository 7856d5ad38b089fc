/** What the shop has for each slot, without looking at how it goes together. */

import { filterConditions, type ItemFilter } from '../catalogue/items/filter.ts';
import type { Queryable } from '../db/database.ts';
import { parameters } from '../retrieval/nearest/conditions.ts';
import type { Bind, Where } from '../retrieval/nearest/query.ts';

export interface StockQuery {
  readonly shopId: string;
  readonly shopCurrency: string;
  readonly filter: ItemFilter;
  readonly where: Where;
}

/** The lowest current price of each slot that has any items, in minor units. */
export async function findCheapest(
  db: Queryable,
  query: StockQuery,
  slots: readonly string[],
): Promise<Map<string, number>> {
  const { bind, values } = parameters();
  const { rows } = await db.query<{ slot: string; least: number }>(
    `select i.slot, min(i.price_now_minor)::float8 as least from items i
     where i.slot = any(${bind(slots)}::text[]) and ${conditionsOf(query, bind)} group by i.slot`,
    values,
  );
  return new Map(rows.flatMap(({ slot, least }) => (least === null ? [] : [[slot, least]])));
}

/** Which of the slots have any items. */
export async function findFilledSlots(
  db: Queryable,
  query: StockQuery,
  slots: readonly string[],
): Promise<Set<string>> {
  const { bind, values } = parameters();
  const conditions = conditionsOf(query, bind);
  const { rows } = await db.query<{ slot: string }>(
    `select s.slot from unnest(${bind(slots)}::text[]) as s (slot)
     where exists (select from items i where i.slot = s.slot and ${conditions})`,
    values,
  );
  return new Set(rows.map(({ slot }) => slot));
}

/** Those of the items that meet the conditions. */
export async function filterItemIds(
  db: Queryable,
  query: StockQuery,
  itemIds: readonly string[],
): Promise<Set<string>> {
  if (itemIds.length === 0) return new Set();
  const { bind, values } = parameters();
  const { rows } = await db.query<{ id: string }>(
    `select i.id from items i where i.id = any(${bind(itemIds)}::text[]) and ${conditionsOf(query, bind)}`,
    values,
  );
  return new Set(rows.map(({ id }) => id));
}

function conditionsOf({ shopId, shopCurrency, filter, where }: StockQuery, bind: Bind): string {
  return [
    `i.shop_id = ${bind(shopId)}::uuid`,
    `i.state = 'ready'`,
    ...filterConditions(filter, shopCurrency, bind),
    ...where(bind),
  ].join(' and ');
}
