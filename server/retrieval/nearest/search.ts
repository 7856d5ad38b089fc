import { hasTerms } from '../../catalogue/items/filter.ts';
import type { Queryable } from '../../db/database.ts';
import { compareCandidates } from './compare.sql.ts';
import { LEAST_EF, SHORT_WALK, SLACK, SPARSE_ROWS } from './effort.ts';
import { findNamed } from './named.sql.ts';
import { allowWalk, estimateEffort, LONG_WALK, limitWalk, withSearchSettings } from './planner.sql.ts';
import type { NearestItem, NearestQuery } from './query.ts';
import { walkIndex } from './walk.sql.ts';

/** Up to this many candidates are always compared one by one. docs/sizing.md has the measurements behind these. */
export const EXACT_ROWS = 2_000;
/**
 * Where the planner expects this many times `exactRows`, the candidates are not counted first. It is seldom wrong about
 * how many items a shop has, and often about how many of them pass a filter.
 */
const SURELY = { ofAll: 2.5, behindFilter: 10 } as const;

/**
 * The ready items whose primary garments are nearest, by distance and then by item id. Exact where few items pass the
 * filter; otherwise by the HNSW index, which scans on until the page is full (pgvector's iterative scan), and exact
 * again where even that comes back short.
 */
export function findNearestItems(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  return withSearchSettings(db, query.shopId, () => findNearest(db, query));
}

async function findNearest(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  const { exactRows = EXACT_ROWS, minSimilarity = Number.NEGATIVE_INFINITY } = query;
  const effort = await estimateEffort(db, query);
  const named = hasTerms(query.filter)
    ? await findNamed(db, query, exactRows)
    : { ids: null, tooMany: false };
  const surely = effort.isFiltered ? SURELY.behindFilter : SURELY.ofAll;
  const areMany = named.tooMany || effort.candidates > surely * exactRows;
  const compared = areMany ? null : await compareCandidates(db, query, named.ids, exactRows);
  if (compared) return compared;
  const near = ({ distance }: NearestItem) => 1 - distance >= minSimilarity;
  const mayBeSparse = exactRows >= EXACT_ROWS;
  if (!(mayBeSparse && effort.isInVain)) {
    if (effort.shortWalk > SHORT_WALK) await allowWalk(db, query.shopId, effort.shortWalk);
    const first = await walkIndex(db, query, effort);
    if (first.length === query.limit) return first.filter(near);
  }
  const sparse = mayBeSparse ? await compareCandidates(db, query, named.ids, SPARSE_ROWS) : null;
  if (sparse) return sparse;
  await allowWalk(db, query.shopId, LONG_WALK);
  const second = await walkIndex(db, query, { ...effort, slack: SLACK, alone: null });
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
  const walked = await withSearchSettings(db, query.shopId, async () => {
    const effort = await estimateEffort(db, query);
    if (effort.candidates <= (query.exactRows ?? EXACT_ROWS)) return null;
    await limitWalk(db, query.shopId, LEANING.ef, LEANING.most);
    for (const embedding of leanings) {
      const found = await walkIndex(
        db,
        { ...query, embedding },
        { ...effort, efSearch: LEAST_EF, slack: SLACK, alone: null },
      );
      if (2 * found.length >= query.limit) return found;
    }
    return null;
  });
  return (walked ?? (await findNearestItems(db, query))).map(({ itemId }) => itemId);
}

/** The exact answer, at whatever cost. */
export async function findNearestExactly(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  return (await withSearchSettings(db, query.shopId, () => compareCandidates(db, query, null, null)))!;
}

/** The index's answer alone, whatever the cutoff. */
export function findNearestByIndex(db: Queryable, query: NearestQuery): Promise<NearestItem[]> {
  return withSearchSettings(db, query.shopId, async () => {
    const effort = await estimateEffort(db, query);
    await allowWalk(db, query.shopId, LONG_WALK);
    return walkIndex(db, query, effort);
  });
}
