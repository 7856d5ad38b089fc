import type { Category, SimilarItem } from './api/shapes.ts';
import { loadSimilarItems, type SimilarQuestion } from './api/similar.ts';
import { ENOUGH, nearestQuestion } from './similar-question.ts';

/** The searches for the nearest items, in the order in which they are offered. */
export interface NearestQuestions {
  /** Among what the filters leave; of the garment's own category, where they name none. */
  left: SimilarQuestion;
  /** Whatever the category; null where the first search has all of them. */
  others: SimilarQuestion | null;
}

export function nearestQuestions(question: SimilarQuestion, own: Category | null): NearestQuestions {
  const all = nearestQuestion(question);
  const { categories, ...filter } = all.filter;
  if (categories?.length || all.refine?.within?.length) {
    return { left: all, others: { ...all, filter, refine: all.refine && { ...all.refine, within: null } } };
  }
  // Words may name another category.
  if (!own || all.refine?.words) return { left: all, others: null };
  return { left: { ...all, filter: { ...filter, categories: [own] } }, others: all };
}

/** How many of the nearest items are offered where few are close. */
export const MOST_NEAREST = 12;

/** The nearest items whatever their score: those that the filters leave, then, where these are few, others. */
export interface Nearest {
  left: SimilarItem[];
  others: SimilarItem[];
}

/** `listed`: how many are on the page already. */
export async function loadNearest(
  { left, others }: NearestQuestions,
  listed: number,
  signal: AbortSignal,
): Promise<Nearest> {
  const load = async (question: SimilarQuestion) =>
    (await loadSimilarItems(question, null, signal, Math.min(100, listed + MOST_NEAREST))).entries;
  // At once, since a page waits for both; often the filters leave few.
  const [found, further] = await Promise.all([load(left), others ? load(others) : []]);
  return { left: found, others: found.length < ENOUGH ? further : [] };
}
