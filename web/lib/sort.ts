import type { SimilarSort } from './api/generated/graphql.ts';

/** The orders of a list of matches, with their values in the address. */
export const SORTS = [
  { sort: 'CLOSEST', parameter: null },
  { sort: 'PRICE_RISING', parameter: 'price' },
  { sort: 'PRICE_FALLING', parameter: '-price' },
  { sort: 'NEWEST', parameter: 'newest' },
] as const satisfies readonly { sort: SimilarSort; parameter: string | null }[];

export function readSort(parameters: URLSearchParams): SimilarSort {
  return SORTS.find(({ parameter }) => parameter === parameters.get('sort'))?.sort ?? 'CLOSEST';
}

export function sortParameter(sort: SimilarSort): string | null {
  return SORTS.find((known) => known.sort === sort)?.parameter ?? null;
}
