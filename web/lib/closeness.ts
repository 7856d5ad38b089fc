import type { SimilarItem } from './api/shapes.ts';

type Rated = Pick<SimilarItem, 'isApart'>;

/** The matches that are listed as such. */
export function closeOf<T extends Rated>(matches: readonly T[]): T[] {
  return matches.filter(({ isApart }) => !isApart);
}
