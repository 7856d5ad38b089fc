import type { CatalogueContext } from '../catalogue/context.ts';
import type { SimilarArgs } from './similar.args.ts';
import { findSimilarItems, type SimilarMatches } from './similar.ts';
import { type SimilarItemConnection, toSimilarItems } from './similar-item.type.ts';
import type { SimilarTo } from './similar-to.ts';

/** A page of similar items, recorded for the shop's insights if it is a first page. */
export async function searchForShopper(
  context: CatalogueContext,
  to: SimilarTo,
  page: SimilarArgs,
): Promise<SimilarItemConnection> {
  const matches = await findSimilarItems(context, to, page);
  if (!page.after) record(context, matches, page);
  return toSimilarItems(context, matches);
}

function record({ recorder, viewer }: CatalogueContext, found: SimilarMatches, page: SimilarArgs): void {
  const { edges, target, usualCutoff } = found;
  // Pins and weaker matches are listed whatever their score; they do not make a search a success.
  const scores = edges.map(({ node }) => node.score).filter((score) => score >= (usualCutoff ?? 0));
  recorder.search(viewer, {
    target,
    isNarrowed: isNarrowed(page),
    best: scores.length > 0 ? Math.max(...scores) : null,
    itemIds: edges.map(({ node }) => node.itemId),
  });
}

/** The category alone does not count: pages search within that of the garment. */
function isNarrowed({ filter, refine }: SimilarArgs): boolean {
  const { categories: _, ...further } = filter ?? {};
  return [...Object.values(further), ...Object.values(refine ?? {})].some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== false,
  );
}
