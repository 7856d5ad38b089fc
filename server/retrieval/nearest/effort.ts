/** How a walk of the HNSW index goes about a filter. */
export interface Effort {
  /** How many items are expected to pass. */
  readonly candidates: number;
  /** pgvector's `hnsw.ef_search`: how many neighbours it finds at a time. */
  readonly efSearch: number;
  /** What it finds at a time is expected to fill the page. */
  readonly isAtOnce: boolean;
  /** It is expected to give up before the page is full. */
  readonly isInVain: boolean;
}

/** What a walk without a filter finds at a time; docs/sizing.md has the measurements behind these numbers. */
export const LEAST_EF = 300;
/** pgvector takes no more. */
const MOST_EF = 1_000;
/** So many more, times the root of how many items are passed over for each that passes: else a page misses its last. */
const MORE_EF = 85;
/** How many neighbours a short walk looks at before it gives up. */
export const SHORT_WALK = 2_000;

/** How many items there are, and how many of them pass the filter, as the planner guesses it from its statistics. */
export interface Guess {
  readonly all: number;
  readonly passing: number;
}

/** `rows`: how many the walk is to bring. */
export function effortFor({ all, passing }: Guess, rows: number): Effort {
  const share = Math.min(1, Math.max(1, passing) / Math.max(1, all));
  const efSearch = Math.round(Math.min(MOST_EF, LEAST_EF + MORE_EF * Math.sqrt(1 / share - 1)));
  return {
    candidates: passing,
    efSearch,
    isAtOnce: rows <= share * efSearch,
    isInVain: rows > share * SHORT_WALK,
  };
}

/** A row of `explain (format json)`. */
export interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly Plans?: readonly PlanNode[] } }];
}

interface PlanNode {
  readonly 'Plan Rows': number;
}

/** Of a union of all items and those that pass; nothing where the plan is none of a union. */
export function guessOf({ 'QUERY PLAN': [{ Plan }] }: Explained): Guess {
  const [all, passing] = Plan.Plans?.map((plan) => plan['Plan Rows']) ?? [];
  return { all: all ?? 0, passing: passing ?? 0 };
}
