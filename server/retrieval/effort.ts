/** How a walk of the HNSW index goes about a filter. */
export interface Effort {
  /** pgvector's `hnsw.ef_search`: how many neighbours it finds at a time. */
  readonly efSearch: number;
  /** What it finds at a time is expected to fill the page. */
  readonly isAtOnce: boolean;
  /** It is expected to give up before the page is full. */
  readonly isInVain: boolean;
}

/** What a walk without a filter finds at a time; docs/sizing.md has the measurements behind these numbers. */
export const LEAST_EF = 325;
/** pgvector takes no more. */
const MOST_EF = 1_000;
/** So many more for each item that a passing one stands for: else a page's last matches are missed too often. */
const MORE_EF = 25;
/** How many neighbours a short walk looks at before it gives up. */
export const SHORT_WALK = 2_000;

/** `share`: of the items, how much passes the filter; `rows`: how many the walk is to bring. */
export function effortFor(share: number, rows: number): Effort {
  const efSearch = Math.round(Math.min(MOST_EF, LEAST_EF + MORE_EF * (1 / share - 1)));
  return { efSearch, isAtOnce: rows <= share * efSearch, isInVain: rows > share * SHORT_WALK };
}

/** A row of `explain (format json)`. */
export interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly Plans?: readonly PlanNode[] } }];
}

interface PlanNode {
  readonly 'Plan Rows': number;
}

/**
 * The share of items that pass, above 0 and at most 1, as the planner guesses it from its statistics: of a union of all
 * items and those that pass. 1 where its plan is none of a union.
 */
export function guessedShare({ 'QUERY PLAN': [{ Plan }] }: Explained): number {
  const [all, passing] = Plan.Plans?.map((plan) => plan['Plan Rows']) ?? [];
  return Math.min(1, Math.max(1, passing ?? 1) / Math.max(1, all ?? 1));
}
