/** How far a walk of the HNSW index should look, given how many items pass the filter. */
export interface Effort {
  /** How many items are expected to pass. */
  readonly candidates: number;
  /** pgvector's `hnsw.ef_search`: the size of a batch of neighbours. */
  readonly efSearch: number;
  /** The first batch is expected to fill the page. */
  readonly isAtOnce: boolean;
  /** A short walk is expected to give up before the page is full. */
  readonly isInVain: boolean;
}

/** The batch of a walk without a filter; docs/sizing.md has the measurements behind these numbers. */
export const LEAST_EF = 300;
/** pgvector's maximum. */
const MOST_EF = 1_000;
/** ef_search grows with √(rejected / accepted), so that filtered pages fill. */
const MORE_EF = 85;
/** How many neighbours a short walk looks at before it gives up. */
export const SHORT_WALK = 2_000;

/** The planner's estimate of how many items there are and how many pass the filter. */
export interface RowEstimate {
  readonly all: number;
  readonly passing: number;
}

/** `rows`: how many the walk should return. */
export function effortFor({ all, passing }: RowEstimate, rows: number): Effort {
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
  readonly 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }];
}

interface PlanNode {
  readonly 'Plan Rows'?: number;
  readonly Plans?: readonly PlanNode[];
  /** Where Citus has sent the statement to a shop's node: that node's own plan. */
  readonly 'Distributed Query'?: {
    readonly Job: {
      readonly Tasks: readonly { readonly 'Remote Plan': readonly Explained['QUERY PLAN'][] }[];
    };
  };
}

/** Reads the plan of a union of all items and those that pass. */
export function estimateOf({ 'QUERY PLAN': [{ Plan: own }] }: Explained): RowEstimate {
  const remote = own['Distributed Query']?.Job.Tasks[0]?.['Remote Plan'][0];
  const { Plans } = remote ? remote[0].Plan : own;
  const [all, passing] = Plans?.map((plan) => plan['Plan Rows'] ?? 0) ?? [];
  return { all: all ?? 0, passing: passing ?? 0 };
}
