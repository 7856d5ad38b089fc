import type { Queryable } from '../../db/database.ts';
import { joinIfNamed, parameters, searchableItems, searchConditions } from './conditions.ts';
import { type Effort, type Explained, effortFor, estimateOf, LEAST_EF, SHORT_WALK } from './effort.ts';
import type { NearestQuery } from './query.ts';
import { SLACK_AT_ONCE } from './walk.sql.ts';

/** How many neighbours a long walk looks at before it gives up. */
const LONG_WALK = 100_000;

/** The same for every page, so that a later page walks the same way as the one before. */
export async function estimateEffort(db: Queryable, query: NearestQuery): Promise<Effort> {
  const { bind, values } = parameters();
  const any = searchableItems(query, bind);
  const asked = searchConditions(query, bind, (terms) => `i.terms @@ ${terms()}`);
  const { rows } = await db.query<Explained>(
    `explain (format json) select 1 from items i where ${any.join(' and ')} union all
     select 1 from items i ${joinIfNamed(query, bind, asked)} where ${[...any, ...asked].join(' and ')}`,
    values,
  );
  return effortFor(estimateOf(rows[0]!), query.limit + SLACK_AT_ONCE);
}

/**
 * Keeps the planner from reading whole tables and from sorting what the index orders. The planner's settings end with
 * the search: under them, the same transaction read twenty items' images by walking through a million. pgvector's own
 * settings concern searches alone, and each search sets them.
 */
export async function withSearchSettings<T>(db: Queryable, search: () => Promise<T>): Promise<T> {
  await db.query(SETTINGS);
  const found = await search();
  await db.query(DEFAULTS);
  return found;
}

/** Lets the next walk go on for longer before it gives up. */
export async function allowLongWalk(db: Queryable): Promise<void> {
  await db.query(`select set_config('hnsw.max_scan_tuples', '${LONG_WALK}', true)`);
}

/** How many neighbours the next walks look at in their first batch, and in all. */
export async function limitWalk(db: Queryable, ef: number, most: number): Promise<void> {
  await db.query(
    `select set_config('hnsw.ef_search', $1, true), set_config('hnsw.max_scan_tuples', $2, true)`,
    [String(ef), String(most)],
  );
}

const SETTINGS = `select set_config('hnsw.iterative_scan', 'relaxed_order', true),
  set_config('hnsw.ef_search', '${LEAST_EF}', true), set_config('hnsw.max_scan_tuples', '${SHORT_WALK}', true),
  set_config('hnsw.scan_mem_multiplier', '8', true),
  set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
  set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`;
const DEFAULTS = ['sort', 'seqscan', 'hashjoin', 'mergejoin']
  .map((way) => `set local enable_${way} to default`)
  .join(';');
