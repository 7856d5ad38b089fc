import type { Queryable } from '../../db/database.ts';
import type { Statement } from '../../db/statement.ts';
import { comparison, readCompared } from './compare.sql.ts';
import { joinIfNamed, parameters, searchableItems, searchConditions } from './conditions.ts';
import { type Effort, effortFor, SLACK_AT_ONCE } from './effort.ts';
import type { NearestItem, NearestQuery } from './query.ts';
import { searchInShop } from './search-in-shop.sql.ts';

/**
 * Where the planner expects this many times `exactRows`, the candidates are not counted first. It is seldom wrong about
 * how many items a shop has, and often about how many of them pass a filter.
 */
const SURELY = { ofAll: 2.5, behindFilter: 10 } as const;

/** The same for every page, so that a later page walks the same way as the one before. */
export async function estimateEffort(db: Queryable, query: NearestQuery): Promise<Effort> {
  const { estimated } = estimateOf(query);
  const { estimate } = await searchInShop(db, query.shopId, { estimated, statement: null });
  return effortFor(estimate, query.limit + SLACK_AT_ONCE);
}

/** The same, and in the same round trip what comparing finds; null where there are or surely will be more than `exactRows`. */
export async function estimateAndCompare(
  db: Queryable,
  query: NearestQuery,
  named: readonly string[] | null,
  exactRows: number,
): Promise<{ readonly effort: Effort; readonly compared: NearestItem[] | null }> {
  const { estimated, isFiltered } = estimateOf(query);
  const most = exactRows * (isFiltered ? SURELY.behindFilter : SURELY.ofAll);
  const statement = comparison(query, named, exactRows);
  const { estimate, rows } = await searchInShop(db, query.shopId, { estimated, most, statement });
  return {
    effort: effortFor(estimate, query.limit + SLACK_AT_ONCE),
    compared: rows && readCompared(rows, exactRows),
  };
}

/** `isFiltered`: something is asked of the items. */
function estimateOf(query: NearestQuery): { estimated: Statement; isFiltered: boolean } {
  const { bind, values } = parameters();
  const any = searchableItems(query, bind);
  const asked = searchConditions(query, bind, (terms) => `i.terms @@ ${terms()}`);
  const isFiltered = asked.length > 0;
  const all = `select 1 from items i where ${any.join(' and ')}`;
  const passing = `select 1 from items i ${joinIfNamed(query, bind, asked)} where ${[...any, ...asked].join(' and ')}`;
  return { estimated: { text: isFiltered ? `${all} union all ${passing}` : all, values }, isFiltered };
}
