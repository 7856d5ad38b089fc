import type { Closeness, SimilarItem } from './api/shapes.ts';

/** How a tile says it; null where nothing good can be said. */
export const CLOSENESS_NAMES: Record<Closeness, string | null> = {
  VERY_CLOSE: 'Very close',
  CLOSE: 'Close',
  SAME_COLOUR: 'Same colour',
  SAME_CUT: 'Same cut',
  SAME_PATTERN: 'Same pattern',
  DISTANT: null,
};

type Rated = Pick<SimilarItem, 'closeness'>;

/** The matches that are listed as such. */
export function closeOf<T extends Rated>(matches: readonly T[]): T[] {
  return matches.filter(({ closeness }) => closeness !== 'DISTANT');
}
