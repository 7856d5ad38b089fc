import type { SimilarTo } from './api/generated/graphql.ts';
import type { Category, Shop } from './api/shapes.ts';
import type { SimilarQuestion } from './api/similar.ts';
import { readFilter, toItemFilter } from './filter.ts';
import { readRefinement, toRefinement } from './refinement.ts';
import { readSort } from './sort.ts';

/**
 * From this many items of a category on, it is searched alone. With fewer matches than this, the nearest of the others
 * are offered too.
 */
export const ENOUGH = 6;

/** The category searched first: for a skirt, skirts. All others are one click away. */
export function usualCategory(shop: Shop | undefined, category: Category | null): Category | null {
  const sold = shop?.categories.find((counted) => counted.category === category)?.count ?? 0;
  return !shop || sold >= ENOUGH ? category : null;
}

/** The search for similar items that an address describes. */
export function similarQuestion(
  to: SimilarTo,
  usual: Category | null,
  parameters: URLSearchParams,
): SimilarQuestion {
  const refinement = readRefinement(parameters);
  // Words may name another category: "as a skirt". A category that was chosen stays.
  const within = refinement.say.trim() && !parameters.has('category') ? usual : null;
  return {
    to,
    filter: toItemFilter(readFilter(parameters, within ? null : usual)),
    refine: toRefinement(refinement, within),
    minScore: null,
    sort: readSort(parameters),
  };
}

/** The search for the nearest items whatever their score, for where few are close. */
export function nearestQuestion(question: SimilarQuestion): SimilarQuestion {
  return { ...question, minScore: 0, sort: 'CLOSEST' };
}

/** Whether further pages may have close matches. In another order than that of closeness, distant ones may come first. */
export function mayHaveMore(hasMore: boolean, close: number, sort: SimilarQuestion['sort']): boolean {
  return hasMore && (close > 0 || sort !== 'CLOSEST');
}

/** Whether the nearest of the other items are offered: as the visitor chose, or else where few are close. */
export function offersNearest(close: number, hasMore: boolean, weaker: boolean | null): boolean {
  return !hasMore && (weaker ?? close < ENOUGH);
}

/** Searches again once the whole catalogue can be compared, and after each change of the target. */
export function momentOf(shop: Shop | undefined, changes = 0): string {
  return `${(shop?.pendingCount ?? 0) > 0} ${changes}`;
}
