import type { Queryable } from '../../db/database.ts';
import type { NearestQuery } from '../nearest/query.ts';
import { findNearestItems } from '../nearest/search.ts';
import type { RankedItem } from '../ranking/rank.ts';
import type { RankKey } from '../ranking/rank-key.ts';
import { type Sort, sortItems } from './sorted.sql.ts';

/** How many of the nearest matches are sorted; the others are not listed. */
export const SORTED = 1_000;

interface Sorting {
  /** With the cutoff. */
  readonly search: Omit<NearestQuery, 'limit' | 'after'>;
  readonly sort: Sort;
  readonly limit: number;
  /** The previous page's last item, and its place in the list. */
  readonly after: RankKey | undefined;
}

/** One page of the nearest items in another order. Exclusions apply; pins, boosts and buries do not. */
export async function sortNearestItems(
  db: Queryable,
  { search, sort, limit, after }: Sorting,
): Promise<RankedItem[]> {
  const found = await findNearestItems(db, { ...search, limit: SORTED });
  const distances = new Map(found.map(({ itemId, distance }) => [itemId, distance]));
  const sorted = await sortItems(db, search.shopId, {
    itemIds: [...distances.keys()],
    sort,
    currency: search.shopCurrency,
  });
  const start = after ? placeAfter(sorted, after) : 0;
  return sorted.slice(start, start + limit).map((itemId, index) => ({
    itemId,
    distance: distances.get(itemId)!,
    effect: null,
    key: [start + index, itemId],
  }));
}

/** If the item has gone since, the page starts where it was. */
function placeAfter(sorted: readonly string[], [place, itemId]: RankKey): number {
  const now = sorted.indexOf(String(itemId));
  return now < 0 ? Number(place) : now + 1;
}
