import { request } from './client.ts';
import { SimilarFacetsDocument, SimilarItemsPageDocument } from './generated/documents/similar.ts';
import type { ItemFilter, Refinement, SimilarSort, SimilarTo } from './generated/graphql.ts';
import { nextCursor, PAGE_SIZE, type Page } from './page.ts';
import { type Facets, type Interpretation, type SimilarItem, shapeItemCard } from './shapes.ts';

/** Arguments of a search for similar items. */
export interface SimilarQuestion {
  to: SimilarTo;
  filter: ItemFilter;
  refine: Refinement | null;
  /** Null: the model's default for the category. */
  minScore: number | null;
  sort: SimilarSort;
}

/** A page of matches, and information on all of them. */
export interface SimilarPage extends Page<SimilarItem> {
  /** The score below which items are no matches; null if all are listed. */
  cutoff: number | null;
  interpretation: Interpretation | null;
}

export async function loadSimilarItems(
  question: SimilarQuestion,
  after: string | null,
  signal: AbortSignal,
  first = PAGE_SIZE,
): Promise<SimilarPage> {
  const variables = { ...question, after, first };
  const { similarItems } = await request(SimilarItemsPageDocument, variables, signal);
  return {
    entries: similarItems.edges.map(({ node }) => ({
      score: node.score,
      closeness: node.closeness,
      isApart: node.isApart,
      reason: node.reason ?? null,
      variantCount: node.variantCount,
      item: shapeItemCard(node.item),
    })),
    next: nextCursor(similarItems.pageInfo),
    total: null,
    cutoff: similarItems.cutoff ?? null,
    interpretation: similarItems.interpretation ?? null,
  };
}

/** The values among the matches, to choose filters from. */
export async function loadFacets(
  { sort: _, ...question }: SimilarQuestion,
  signal: AbortSignal,
): Promise<Facets> {
  return (await request(SimilarFacetsDocument, question, signal)).similarItems.facets;
}
