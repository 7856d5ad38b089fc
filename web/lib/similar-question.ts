import type { SimilarTo } from './api/generated/graphql.ts';
import type { Category, Shop } from './api/shapes.ts';
import type { SimilarQuestion } from './api/similar.ts';
import { readFilter, toItemFilter } from './filter.ts';
import { readRefinement, toRefinement } from './refinement.ts';

/** So many items of a category are worth a search among them alone; fewer matches than that want the weaker ones too. */
export const ENOUGH = 6;

/** What is searched first: whoever chose a skirt looks for skirts. All others are one click away. */
export function usualCategory(
  shop: Shop | undefined,
  category: Category | null,
  parameters: URLSearchParams,
): Category | null {
  const sold = shop?.categories.find((counted) => counted.category === category)?.count ?? 0;
  // "As a skirt" means another category than the garment's own.
  return (!shop || sold >= ENOUGH) && !readRefinement(parameters).say ? category : null;
}

/** What an address asks of similar items. */
export function similarQuestion(
  to: SimilarTo,
  usual: Category | null,
  parameters: URLSearchParams,
): SimilarQuestion {
  const refinement = readRefinement(parameters);
  return {
    to,
    filter: toItemFilter(readFilter(parameters, usual)),
    refine: toRefinement(refinement),
    minScore: refinement.weaker ? 0 : null,
  };
}

/** Asked anew once the whole catalogue can be compared with, and after each change of what is searched with. */
export function momentOf(shop: Shop | undefined, changes = 0): string {
  return `${(shop?.pendingCount ?? 0) > 0} ${changes}`;
}
