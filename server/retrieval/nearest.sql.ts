import type { Queryable } from '../db/database.ts';
import { garmentsFrom, type VectorSource } from '../models/source.ts';
import { filterConditions, type ItemFilter } from './filter.ts';

export interface NearestQuery {
  readonly shopId: string;
  readonly shopCurrency: string;
  /** A unit vector as pgvector's text, from the same model as the rows that it is compared with. */
  readonly embedding: string;
  readonly embeddingModel: string;
  /** Whose vectors are compared: the garments' own unless another model is in use. */
  readonly vectors?: VectorSource | null | undefined;
  readonly filter: ItemFilter;
  /** Further conditions over `garments g` and `items i`; `bind` takes a value and returns its placeholder. */
  readonly where?: ((bind: (value: unknown) => string) => string[]) | undefined;
  /** The item that was asked about. */
  readonly exceptItemId?: string | undefined;
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: { readonly distance: number; readonly itemId: string } | undefined;
  /** Up to so many candidates are compared one by one. */
  readonly exactRows?: number | undefined;
}

export interface NearestItem {
  readonly itemId: string;
  /** Cosine distance, 0 to 2. */
  readonly distance: number;
}

/**
 * Up to here the exact answer costs little. Over 20,000 items, on two cores busy with other work, comparing all took
 * 180 ms (200 ms embedded) and walking the index 49 ms; the time of the first grows with the rows that pass the filter.
 */
const EXACT_ROWS = 10_000;

/**
 * The ready items whose primary garments are nearest, by distance and then by item id. Exact where few items pass
 * the filter; else by the HNSW index, which goes on scanning until the page is full (pgvector's iterative scan), and
 * exact again where even that comes back short.
 */
export async function findNearestItems(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  const { exactRows = EXACT_ROWS } = query;
  if (await hasMoreThan(db, query, exactRows)) {
    const found = await walkIndex(db, query);
    if (found.length === query.limit) return found;
  }
  return compareAll(db, query);
}

async function hasMoreThan(db: Queryable, query: NearestQuery, rows: number): Promise<boolean> {
  const { from, bind, values } = candidates(query);
  const { rows: counted } = await db.query<{ count: number }>(
    `select count(*) as count from (select ${from} limit ${bind(rows + 1)}) as candidates`,
    values,
  );
  return counted[0]!.count > rows;
}

/** `materialized` keeps the planner from using the index here, so that the answer is exact. */
export async function compareAll(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  const { from, bind, values } = candidates(query);
  const distance = `g.embedding <=> ${bind(query.embedding)}::vector`;
  const { rows } = await db.query<NearestItem>(
    `with candidates as materialized (select g.item_id as "itemId", ${distance} as distance ${from})
     select "itemId", distance from candidates
     ${query.after ? `where ${afterCondition('distance', '"itemId"', query.after, bind)}` : ''}
     order by distance, "itemId" limit ${bind(query.limit)}`,
    values,
  );
  return rows;
}

/**
 * `ef_search` is the same on every page, so that a later page walks the same way as the one before. The two planner
 * settings keep it from sorting all candidates; they hold for this transaction alone.
 */
const INDEX_SETTINGS = `select set_config('hnsw.iterative_scan', 'strict_order', true),
  set_config('hnsw.ef_search', '200', true), set_config('hnsw.max_scan_tuples', '100000', true),
  set_config('hnsw.scan_mem_multiplier', '8', true),
  set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true)`;

/**
 * The index orders by its own, single-precision distances: neighbours that are equal to 1e-7 may come swapped. So a
 * few more are taken than asked for, all that are equal to the last among them, and put in order here.
 */
const SLACK = 16;

export async function walkIndex(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  const { from, bind, values } = candidates(query);
  const distance = `g.embedding <=> ${bind(query.embedding)}::vector`;
  const after = query.after ? `and ${afterCondition(`(${distance})`, 'g.item_id', query.after, bind)}` : '';
  await db.query(INDEX_SETTINGS);
  const { rows } = await db.query<NearestItem>(
    `with nearest as materialized (
       select g.item_id as "itemId", ${distance} as distance ${from} ${after}
       order by ${distance} fetch first (${bind(query.limit + SLACK)}) rows with ties)
     select "itemId", distance from nearest order by distance, "itemId" limit ${bind(query.limit)}`,
    values,
  );
  return rows;
}

/** The rows that may be answers. The shop is named beside row-level security, so that its partition is known early. */
function candidates(query: NearestQuery) {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = [
    `g.shop_id = ${bind(query.shopId)}::uuid`,
    'g.is_primary',
    `g.embedding_model = ${bind(query.embeddingModel)}`,
    `i.state = 'ready'`,
    ...(query.exceptItemId === undefined ? [] : [`g.item_id <> ${bind(query.exceptItemId)}`]),
    ...filterConditions(query.filter, query.shopCurrency, bind),
    ...(query.where?.(bind) ?? []),
  ];
  const from = `from ${garmentsFrom(query.vectors, bind)} join items i on i.shop_id = g.shop_id and i.id = g.item_id
    where ${conditions.join(' and ')}`;
  return { from, bind, values };
}

function afterCondition(
  distance: string,
  itemId: string,
  after: { distance: number; itemId: string },
  bind: (value: unknown) => string,
): string {
  return `(${distance}, ${itemId}) > (${bind(after.distance)}::float8, ${bind(after.itemId)}::text)`;
}
