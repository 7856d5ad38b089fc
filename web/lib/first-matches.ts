import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { SimilarTo } from './api/generated/graphql.ts';
import { FROM_THE_FIRST_PAGE } from './api/page.ts';
import type { Category, Shop } from './api/shapes.ts';
import { loadFacets, loadSimilarItems, type SimilarPage, type SimilarQuestion } from './api/similar.ts';
import { closeOf } from './closeness.ts';
import { loadNearest, nearestQuestions } from './nearest.ts';
import { facetsName, nearestName, similarName } from './query-keys.ts';
import { readRefinement } from './refinement.ts';
import { mayHaveMore, momentOf, offersNearest, similarQuestion, usualCategory } from './similar-question.ts';

/** The matches that a page shows first: those of a garment or item, as its address narrows them. */
export interface FirstMatches {
  to: SimilarTo;
  category: Category | null;
  parameters: URLSearchParams;
  shop: Shop | undefined;
}

type KeyOf = (name: string) => QueryKey;

/** Asks before the page does, under the keys that it will use. */
export async function prefetchMatches(
  queries: QueryClient,
  keyOf: KeyOf,
  first: FirstMatches,
): Promise<void> {
  const { question, moment } = questionOf(first);
  await queries.prefetchInfiniteQuery({
    queryKey: keyOf(similarName(question, moment)),
    queryFn: ({ signal }) => loadSimilarItems(question, null, signal),
    ...FROM_THE_FIRST_PAGE,
  });
  await prefetchNearest(queries, keyOf, { question, moment, first });
}

/** The values among all matches, which the filters beside them offer. */
export async function prefetchFacets(queries: QueryClient, keyOf: KeyOf, first: FirstMatches): Promise<void> {
  const { question, moment } = questionOf(first);
  await queries.prefetchQuery({
    queryKey: keyOf(facetsName(question, moment)),
    queryFn: ({ signal }) => loadFacets(question, signal),
  });
}

function questionOf({ to, category, parameters, shop }: FirstMatches) {
  const question = similarQuestion(to, usualCategory(shop, category), parameters);
  return { question, moment: momentOf(shop) };
}

/** As the page asks for them itself, once it knows that few matches are close. */
async function prefetchNearest(
  queries: QueryClient,
  keyOf: KeyOf,
  { question, moment, first }: { question: SimilarQuestion; moment: string; first: FirstMatches },
): Promise<void> {
  const found = queries.getQueryData<{ pages: SimilarPage[] }>(keyOf(similarName(question, moment)));
  const page = found?.pages[0];
  if (!page) return;
  const close = closeOf(page.entries).length;
  const { weaker } = readRefinement(first.parameters);
  if (!offersNearest(close, mayHaveMore(page.next !== null, close, question.sort), weaker)) return;
  const listed = page.entries.length;
  const questions = nearestQuestions(question, first.category);
  await queries.prefetchQuery({
    queryKey: keyOf(nearestName(questions, listed, moment)),
    queryFn: ({ signal }) => loadNearest(questions, listed, signal),
  });
}
