import { hasTerms } from '../../catalogue/items/filter.ts';
import type { Queryable } from '../../db/database.ts';
import { compareCandidates } from './compare.sql.ts';
import { SLACK, SPARSE_ROWS } from './effort.ts';
import { findNamed } from './named.sql.ts';
import { estimateAndCompare, estimateEffort } from './planner.sql.ts';
import type { NearestItem, NearestQuery } from './query.ts';
import { walkIndex } from './walk.sql.ts';

/** Up to this many candidates are always compared one by one. docs/sizing.md has the measurements behind these. */
export const EXACT_ROWS = 2_000;
/** How many neighbours a long walk looks at before it gives up. */
const LONG_WALK = 100_000;

/**
 * The ready items whose primary garments are nearest, by distance and then by item id. Exact where few items pass the
 * filter; otherwise by the HNSW index, which scans on until the page is full (pgvector's iterative scan), and exact
 * again where even that comes back short.
 */
export async function findNearestItems(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  const { exactRows = EXACT_ROWS, minSimilarity = Number.NEGATIVE_INFINITY } = query;
  const named = hasTerms(query.filter)
    ? await findNamed(db, query, exactRows)
    : { ids: null, tooMany: false };
  const { effort, compared } = named.tooMany
    ? { effort: await estimateEffort(db, query), compared: null }
    : await estimateAndCompare(db, query, named.ids, exactRows);
  if (compared) return compared;
  const near = ({ distance }: NearestItem) => 1 - distance >= minSimilarity;
  const mayBeSparse = exactRows >= EXACT_ROWS;
  if (!(mayBeSparse && effort.isInVain)) {
    const first = await walkIndex(db, query, effort, effort.shortWalk);
    if (first.length === query.limit) return first.filter(near);
  }
  const sparse = mayBeSparse ? await compareCandidates(db, query, named.ids, SPARSE_ROWS) : null;
  if (sparse) return sparse;
  const second = await walkIndex(db, query, { ...effort, slack: SLACK, alone: null }, LONG_WALK);
  if (second.length === query.limit) return second.filter(near);
  return (await compareCandidates(db, query, named.ids, null))!;
}

/** A walk of `findItemsLeaning`: neighbours in its first batch, and in all. docs/outfits.md has what they find. */
const LEANING = { ef: 400, most: 1_000 } as const;

/**
 * Items near a vector that does not lie where the items that pass the filter are: what goes with a top is not near other
 * tops. `leanings` are that vector moved towards them, first a little and then more, so that the index finds such items
 * at once. The ids are in no order: the caller compares them by its own vector. Exact where few items pass.
 */
export async function findItemsLeaning(
  db: Queryable,
  query: NearestQuery,
  leanings: readonly string[],
): Promise<string[]> {
  const effort = await estimateEffort(db, query);
  if (effort.candidates > (query.exactRows ?? EXACT_ROWS)) {
    const leaning = { efSearch: LEANING.ef, slack: SLACK, alone: null };
    for (const embedding of leanings) {
      const found = await walkIndex(db, { ...query, embedding }, leaning, LEANING.most);
      if (2 * found.length >= query.limit) return found.map(({ itemId }) => itemId);
    }
  }
  return (await findNearestItems(db, query)).map(({ itemId }) => itemId);
}

/** The exact answer, at whatever cost. */
export async function findNearestExactly(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  return (await compareCandidates(db, query, null, null))!;
}

/** The index's answer alone, whatever the cutoff. */
export async function findNearestByIndex(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  return walkIndex(db, query, await estimateEffort(db, query), LONG_WALK);
}
