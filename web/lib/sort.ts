import type { SimilarSort } from './api/generated/graphql.ts';

/** The orders of a list of matches, with their values in the address. */
export const SORTS = [
  { sort: 'CLOSEST', parameter: null, label: 'Closest' },
  { sort: 'PRICE_RISING', parameter: 'price', label: 'Price, lowest first' },
  { sort: 'PRICE_FALLING', parameter: '-price', label: 'Price, highest first' },
  { sort: 'NEWEST', parameter: 'newest', label: 'Newest' },
] as const satisfies readonly { sort: SimilarSort; parameter: string | null; label: string }[];

export function readSort(parameters: URLSearchParams): SimilarSort {
  return SORTS.find(({ parameter }) => parameter === parameters.get('sort'))?.sort ?? 'CLOSEST';
}

export function sortParameter(sort: SimilarSort): string | null {
  return SORTS.find((known) => known.sort === sort)?.parameter ?? null;
}
