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
  /** How many items to fetch beyond the page. */
  readonly slack: number;
  /** How many neighbours a short walk looks at before it gives up. */
  readonly shortWalk: number;
  /** How many garments the walk returns before they are joined with their items; null if each is joined on the way. */
  readonly alone: number | null;
}

/** The batch of a walk without a filter; docs/sizing.md has the measurements behind these numbers. */
export const LEAST_EF = 300;
/** pgvector's maximum. */
const MOST_EF = 1_000;
/** ef_search grows with √(rejected / accepted), so that filtered pages fill. */
const MORE_EF = 85;
/** The least that a short walk looks at before it gives up. */
export const SHORT_WALK = 2_000;

/**
 * Rows fetched beyond the page, which are then sorted. An iterative scan with `relaxed_order` returns some nearer rows
 * after farther ones; `strict_order` would drop them, which at a filter of 5 % lost a tenth of the twenty nearest.
 */
export const SLACK = 32;
/** Enough where the first batch is expected to fill the page; neighbours equal to 1e-7 may still come swapped. */
export const SLACK_AT_ONCE = 4;

/** In a shop with more items than this, they lie so densely that every walk has to look farther. */
const MANY_ITEMS = 1_000_000;
/** So does a walk behind a filter that lets less than this share pass, if they are too many to compare. */
const SPARSE_SHARE = 0.04;
/** Up to this many are compared one by one, once a short walk has shown that few of the near items pass. */
export const SPARSE_ROWS = 10_000;
/** How many neighbours such a walk returns without a filter. Behind one, it is divided by the share to this power. */
const REACH = 2_050;
const REACH_POWER = 0.2;
/** How many it may look at for each of these before it gives up. */
const LOOKED_AT = 20;

/**
 * Where at least this share of the items pass, a far walk orders the garments alone, and joins them with their items from
 * the nearest on until the page is full: some dozens instead of thousands. Behind another filter it would walk too far
 * where those that pass are all near, as items of one category are.
 */
const ALONE_SHARE = 0.4;

/** The planner's estimate of how many items there are and how many pass the filter. */
export interface RowEstimate {
  readonly all: number;
  readonly passing: number;
}

/** `rows`: how many the walk should return. */
export function effortFor({ all, passing }: RowEstimate, rows: number): Effort {
  const share = Math.min(1, Math.max(1, passing) / Math.max(1, all));
  const areMany = all > MANY_ITEMS;
  const isFar = areMany || (share < SPARSE_SHARE && passing > SPARSE_ROWS);
  const reach = isFar ? REACH * share ** -REACH_POWER : 0;
  const efSearch = isFar
    ? MOST_EF
    : Math.round(Math.min(MOST_EF, LEAST_EF + MORE_EF * Math.sqrt(1 / share - 1)));
  const isAtOnce = !isFar && rows <= share * efSearch;
  const slack = isAtOnce ? SLACK_AT_ONCE : Math.max(SLACK, Math.round(share * reach));
  return {
    candidates: passing,
    efSearch,
    isAtOnce,
    isInVain: rows > share * Math.max(SHORT_WALK, reach),
    slack,
    shortWalk: Math.max(SHORT_WALK, Math.round(LOOKED_AT * reach)),
    alone: areMany && share >= ALONE_SHARE ? Math.ceil((rows + slack) / share) : null,
  };
}
