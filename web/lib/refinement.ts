import type { Category, Refinement } from './api/generated/graphql.ts';

export interface RefinementState {
  /** Such as `this but in blue`. */
  say: string;
  /** Item ids. */
  more: readonly string[];
  less: readonly string[];
  /** Whether the nearest items below the cutoff are offered too; null until the visitor chooses. */
  weaker: boolean | null;
}

export const NO_REFINEMENT: RefinementState = { say: '', more: [], less: [], weaker: null };

/** The server's own maximum. */
export const MOST_EXAMPLES = 10;

/** Its values in the address. */
const WEAKER = new Map([
  ['1', true],
  ['0', false],
]);

/** The refinement in an address. */
export function readRefinement(parameters: URLSearchParams): RefinementState {
  return {
    say: parameters.get('say') ?? '',
    more: parameters.getAll('more').slice(0, MOST_EXAMPLES),
    less: parameters.getAll('less').slice(0, MOST_EXAMPLES),
    weaker: WEAKER.get(parameters.get('weaker') ?? '') ?? null,
  };
}

/** Null if nothing is refined. `within`: the category to stay in, unless the words name another. */
export function toRefinement(
  { say, more, less }: RefinementState,
  within: Category | null,
): Refinement | null {
  const words = say.trim();
  if (!words && more.length === 0 && less.length === 0) return null;
  const items = (ids: readonly string[]) => ids.map((itemId) => ({ itemId }));
  return {
    ...(words && { words }),
    ...(within && { within: [within] }),
    ...(more.length > 0 && { moreLike: items(more) }),
    ...(less.length > 0 && { lessLike: items(less) }),
  };
}
