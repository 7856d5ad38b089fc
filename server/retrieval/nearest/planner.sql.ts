import type { Queryable } from '../../db/database.ts';
import { setInShop } from '../../db/settings.sql.ts';
import { joinIfNamed, parameters, searchableItems, searchConditions } from './conditions.ts';
import {
  type Effort,
  type Explained,
  effortFor,
  estimateOf,
  LEAST_EF,
  SHORT_WALK,
  SLACK_AT_ONCE,
} from './effort.ts';
import type { NearestQuery } from './query.ts';

/** How many neighbours a long walk looks at before it gives up. */
export const LONG_WALK = 100_000;

/** `isFiltered`: something is asked of the items. The same for every page, so that a later page walks the same way as the one before. */
export async function estimateEffort(
  db: Queryable,
  query: NearestQuery,
): Promise<Effort & { readonly isFiltered: boolean }> {
  const { bind, values } = parameters();
  const any = searchableItems(query, bind);
  const asked = searchConditions(query, bind, (terms) => `i.terms @@ ${terms()}`);
  const isFiltered = asked.length > 0;
  const all = `select 1 from items i where ${any.join(' and ')}`;
  const passing = `select 1 from items i ${joinIfNamed(query, bind, asked)} where ${[...any, ...asked].join(' and ')}`;
  const { rows } = await db.query<Explained>(
    `explain (format json) ${isFiltered ? `${all} union all ${passing}` : all}`,
    values,
  );
  return { ...effortFor(estimateOf(rows[0]!, isFiltered), query.limit + SLACK_AT_ONCE), isFiltered };
}

/**
 * Keeps the planner from reading whole tables and from sorting what the index orders. The planner's settings end with
 * the search: under them, the same transaction read twenty items' images by walking through a million. pgvector's own
 * settings concern searches alone, and each search sets them.
 */
export async function withSearchSettings<T>(
  db: Queryable,
  shopId: string,
  search: () => Promise<T>,
): Promise<T> {
  await setInShop(db, shopId, SETTINGS);
  const found = await search();
  await setInShop(db, shopId, DEFAULTS);
  return found;
}

/** How many neighbours the next walks look at before they give up. */
export async function allowWalk(db: Queryable, shopId: string, most: number): Promise<void> {
  await setInShop(db, shopId, { 'hnsw.max_scan_tuples': most });
}

/** How many neighbours the next walks look at in their first batch, and in all. */
export async function limitWalk(db: Queryable, shopId: string, ef: number, most: number): Promise<void> {
  await setInShop(db, shopId, { 'hnsw.ef_search': ef, 'hnsw.max_scan_tuples': most });
}

const SETTINGS = {
  'hnsw.iterative_scan': 'relaxed_order',
  'hnsw.ef_search': LEAST_EF,
  'hnsw.max_scan_tuples': SHORT_WALK,
  'hnsw.scan_mem_multiplier': 8,
  enable_sort: 'off',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
};
const DEFAULTS = { enable_sort: null, enable_seqscan: null, enable_hashjoin: null, enable_mergejoin: null };
