import {
  filterConditions,
  hasTerms,
  type ItemFilter,
  type TermsCondition,
  termsQuery,
} from '../../catalogue/items/filter.ts';
import type { Queryable } from '../../db/database.ts';
import { garmentsFrom, type VectorSource } from '../../garments/vector-source.ts';
import { type Effort, type Explained, effortFor, guessOf, LEAST_EF, SHORT_WALK } from './effort.ts';

/** Takes a value and returns its placeholder. */
export type Bind = (value: unknown) => string;
/** Conditions over `items i` and `garments g`, the items' primary garments. */
export type Where = (bind: Bind) => string[];

export interface NearestQuery {
  readonly shopId: string;
  readonly shopCurrency: string;
  /** A unit vector as pgvector's text, from the same model as the rows that it is compared with. */
  readonly embedding: string;
  readonly embeddingModel: string;
  /** Whose vectors are compared: the garments' own unless another model is in use. */
  readonly vectors?: VectorSource | null | undefined;
  readonly filter: ItemFilter;
  /** What else an item must be to be listed. */
  readonly where?: Where | undefined;
  /** Which of the listed items are wanted: unlike `where`, it has no say in which variant stands for its group. */
  readonly part?: Where | undefined;
  /** The item that was asked about. */
  readonly exceptItemId?: string | undefined;
  /** Of the items of one group, only the nearest is listed. */
  readonly collapseVariants?: boolean | undefined;
  /** The cutoff: the least cosine similarity. */
  readonly minSimilarity?: number | undefined;
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
 * Up to so many candidates are compared without a thought; up to so many once a short walk has shown that few of what
 * lies near passes. docs/sizing.md has the measurements behind these numbers.
 */
export const EXACT_ROWS = 2_000;
const SPARSE_ROWS = 10_000;
/** So many times as many candidates, by the planner's guess, as may be compared are not counted first. */
const SURELY = 10;
/** How many neighbours a long walk looks at before it gives up. */
const LONG_WALK = 100_000;

/**
 * The ready items whose primary garments are nearest, by distance and then by item id. Exact where few items pass
 * the filter; else by the HNSW index, which goes on scanning until the page is full (pgvector's iterative scan), and
 * exact again where even that comes back short.
 */
export function findNearestItems(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  return withSettings(db, () => findNearest(db, query));
}

async function findNearest(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  const { exactRows = EXACT_ROWS, minSimilarity = Number.NEGATIVE_INFINITY } = query;
  const effort = await guessEffort(db, query);
  const named = await findNamed(db, query, exactRows);
  const areMany = named.tooMany || effort.candidates > SURELY * exactRows;
  const compared = areMany ? null : await compare(db, query, named.ids, exactRows);
  if (compared) return compared;
  const near = ({ distance }: NearestItem) => 1 - distance >= minSimilarity;
  const mayBeSparse = exactRows >= EXACT_ROWS;
  if (!(mayBeSparse && effort.isInVain)) {
    const first = await walk(db, query, effort);
    if (first.length === query.limit) return first.filter(near);
  }
  const sparse = mayBeSparse ? await compare(db, query, named.ids, SPARSE_ROWS) : null;
  if (sparse) return sparse;
  await db.query(WALK_ON);
  const second = await walk(db, query, effort);
  if (second.length === query.limit) return second.filter(near);
  return (await compare(db, query, named.ids, null))!;
}

/** The exact answer, at whatever cost. */
export async function compareAll(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  return (await withSettings(db, () => compare(db, query, null, null)))!;
}

/** The index's answer alone, whatever the cutoff. */
export function walkIndex(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  return withSettings(db, async () => {
    const effort = await guessEffort(db, query);
    await db.query(WALK_ON);
    return walk(db, query, effort);
  });
}

/** The same for every page, so that a later one walks the same way as the one before. */
async function guessEffort(db: Queryable, query: NearestQuery): Promise<Effort> {
  const { bind, values } = parameters();
  const any = anyItem(query, bind);
  const asked = wishes(query, bind, (terms) => `i.terms @@ ${terms()}`);
  const { rows } = await db.query<Explained>(
    `explain (format json) select 1 from items i where ${any.join(' and ')} union all
     select 1 from items i ${joinIfNamed(query, bind, asked)} where ${[...any, ...asked].join(' and ')}`,
    values,
  );
  return effortFor(guessOf(rows[0]!), query.limit + SLACK_AT_ONCE);
}

/**
 * The planner's keep it from reading whole tables and from sorting what the index orders, whatever it guesses. They end
 * with the search, since the transaction's other statements must not be planned by them: reading the images of twenty
 * items in order, without a sort, walked through a million. pgvector's concern searches alone, and each sets them.
 */
async function withSettings<T>(db: Queryable, search: () => Promise<T>): Promise<T> {
  await db.query(SETTINGS);
  const found = await search();
  await db.query(DEFAULTS);
  return found;
}

const SETTINGS = `select set_config('hnsw.iterative_scan', 'relaxed_order', true),
  set_config('hnsw.ef_search', '${LEAST_EF}', true), set_config('hnsw.max_scan_tuples', '${SHORT_WALK}', true),
  set_config('hnsw.scan_mem_multiplier', '8', true),
  set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
  set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`;
const DEFAULTS = ['sort', 'seqscan', 'hashjoin', 'mergejoin']
  .map((way) => `set local enable_${way} to default`)
  .join(';');
const WALK_ON = `select set_config('hnsw.max_scan_tuples', '${LONG_WALK}', true)`;

/**
 * The items that the filter's words and attributes leave, where they are few enough to be named; null where they are
 * not, or the filter has neither. `tooMany`: it asks for nothing else, so that there are more candidates than `most`.
 */
async function findNamed(
  db: Queryable,
  { filter, where, shopCurrency }: NearestQuery,
  most: number,
): Promise<{ ids: string[] | null; tooMany: boolean }> {
  if (!hasTerms(filter)) return { ids: null, tooMany: false };
  const { bind, values } = parameters();
  const terms = termsQuery(filter, bind);
  const { rows } = await db.query<{ ids: string[] }>(
    `select array(select items_with_terms(${terms}, ${bind(most + 1)}::integer)) as ids`,
    values,
  );
  const { ids } = rows[0]!;
  if (ids.length <= most) return { ids, tooMany: false };
  const { words: _, attributes: __, ...rest } = filter;
  const others = [...filterConditions(rest, shopCurrency, () => ''), ...(where?.(() => '') ?? [])];
  return { ids: null, tooMany: others.length === 0 };
}

/**
 * Compares all candidates; null where there are more than `most`, which a look at so many tells. `materialized` keeps
 * the planner from using the index over vectors here, so that the answer is exact.
 */
async function compare(
  db: Queryable,
  query: NearestQuery,
  named: readonly string[] | null,
  most: number | null,
): Promise<NearestItem[] | null> {
  const { bind, values } = parameters();
  const conditions = itemConditions(query, bind, (terms) =>
    named ? `i.id = any(${bind(named)}::text[])` : `i.terms @@ ${terms()}`,
  );
  const part = query.part?.(bind) ?? [];
  const garments = garmentsFrom(query.vectors, bind);
  const join = joinIfNamed(query, bind, [...conditions, ...part]);
  const { rows } = await db.query<NearestItem & { count: number }>(
    `with few as materialized (
       select i.id, i.item_group_id, ${part.join(' and ') || 'true'} as wanted
       from items i ${join} where ${conditions.join(' and ')} ${most === null ? '' : `limit ${bind(most + 1)}`}),
     counted as materialized (select count(*)::int as count from few),
     compared as materialized (
       select f.id, f.wanted, ${query.collapseVariants ? 'f.item_group_id' : 'null::text'} as of_group,
         g.embedding <=> ${bind(query.embedding)}::vector as distance
       from few f join ${garments} on g.shop_id = ${bind(query.shopId)}::uuid and g.item_id = f.id and ${garmentConditions(query, bind)}
       where ${most === null ? 'true' : `(select count from counted) <= ${bind(most)}`}),
     ranked as (
       select id as "itemId", distance, wanted, of_group is null
         or row_number() over (partition by of_group order by distance, id) = 1 as first from compared),
     page as (
       select "itemId", distance from ranked
       where first and wanted ${boundsOf('distance', '"itemId"', query, bind)}
       order by distance, "itemId" limit ${bind(query.limit)})
     select count, "itemId", distance from counted left join page on true order by distance, "itemId"`,
    values,
  );
  if (most !== null && rows[0]!.count > most) return null;
  return rows.flatMap(({ itemId, distance }) => (itemId === null ? [] : [{ itemId, distance }]));
}

/**
 * So many more are taken than asked for, and all that are equal to the last among them, and put in order here. A walk
 * that goes on comes upon nearer ones after farther ones: with `strict_order` it would drop them, which at a filter of
 * 5 % cost a tenth of the twenty nearest. And neighbours that are equal to 1e-7 may come swapped.
 */
const SLACK = 32;
/** Enough where a walk need not go on. */
const SLACK_AT_ONCE = 4;

/**
 * Short where the index gives out before the page is full. The cutoff is no condition here: it would send the walk on
 * to look for what is not there.
 */
async function walk(db: Queryable, query: NearestQuery, effort: Effort): Promise<NearestItem[]> {
  if (effort.efSearch !== LEAST_EF) {
    await db.query(`select set_config('hnsw.ef_search', $1, true)`, [String(effort.efSearch)]);
  }
  const { bind, values } = parameters();
  const candidates = `from ${garmentsFrom(query.vectors, bind)} join items i on i.shop_id = g.shop_id and i.id = g.item_id
    where ${[
      `g.shop_id = ${bind(query.shopId)}::uuid`,
      garmentConditions(query, bind),
      ...itemConditions(query, bind, (terms) => `i.terms @@ ${terms()}`),
    ].join(' and ')}`;
  const distance = `(g.embedding <=> ${bind(query.embedding)}::vector)`;
  const slack = effort.isAtOnce && !query.after ? SLACK_AT_ONCE : SLACK;
  const part = (query.part?.(bind) ?? []).map((condition) => `and ${condition}`).join(' ');
  // `offset 0` keeps this a look-up for each item, of the few variants that it has.
  const alone = query.collapseVariants
    ? `where f.of_group is null or not exists (
         select ${candidates} and i.item_group_id = f.of_group
           and (${distance}, g.item_id) < (f.distance, f."itemId") offset 0)`
    : '';
  const { rows } = await db.query<NearestItem>(
    `with nearest as materialized (
       select "itemId", distance from (
         select g.item_id as "itemId", i.item_group_id as of_group, ${distance} as distance ${candidates} ${part}
           ${afterCondition(distance, 'g.item_id', query, bind)}) as f
       ${alone} order by distance fetch first (${bind(query.limit + slack)}) rows with ties)
     select "itemId", distance from nearest order by distance, "itemId" limit ${bind(query.limit)}`,
    values,
  );
  return rows;
}

function parameters() {
  const values: unknown[] = [];
  return { values, bind: (value: unknown) => `$${values.push(value)}` };
}

/** Items are looked at alone, unless a caller's conditions name their garments. */
function joinIfNamed(query: NearestQuery, bind: Bind, conditions: readonly string[]): string {
  if (!conditions.some((condition) => /\bg\./.test(condition))) return '';
  const garments = garmentsFrom(query.vectors, bind);
  return `join ${garments} on g.shop_id = i.shop_id and g.item_id = i.id and ${garmentConditions(query, bind)}`;
}

function garmentConditions(query: NearestQuery, bind: Bind): string {
  return `g.is_primary and g.embedding_model = ${bind(query.embeddingModel)}`;
}

/** The items that a search is over. The shop is named beside row-level security, so that its partition is known early. */
function anyItem({ shopId, exceptItemId }: NearestQuery, bind: Bind): string[] {
  return [
    `i.shop_id = ${bind(shopId)}::uuid`,
    `i.state = 'ready'`,
    ...(exceptItemId === undefined ? [] : [`i.id <> ${bind(exceptItemId)}`]),
  ];
}

/** What the search asks of them. */
function wishes(
  { filter, shopCurrency, where }: NearestQuery,
  bind: Bind,
  ofTerms: TermsCondition,
): string[] {
  return [...filterConditions(filter, shopCurrency, bind, ofTerms), ...(where?.(bind) ?? [])];
}

function itemConditions(query: NearestQuery, bind: Bind, ofTerms: TermsCondition): string[] {
  return [...anyItem(query, bind), ...wishes(query, bind, ofTerms)];
}

function boundsOf(distance: string, itemId: string, query: NearestQuery, bind: Bind): string {
  const cutoff =
    query.minSimilarity === undefined ? '' : `and 1 - ${distance} >= ${bind(query.minSimilarity)}::float8`;
  return `${cutoff} ${afterCondition(distance, itemId, query, bind)}`;
}

function afterCondition(distance: string, itemId: string, { after }: NearestQuery, bind: Bind): string {
  if (!after) return '';
  return `and (${distance}, ${itemId}) > (${bind(after.distance)}::float8, ${bind(after.itemId)}::text)`;
}
