import type { ItemSort, SimilarSort } from './api/generated/graphql.ts';

/** The orders of a list of matches, with their values in the address. */
export const SORTS = [
  { sort: 'CLOSEST', parameter: null },
  { sort: 'PRICE_RISING', parameter: 'price' },
  { sort: 'PRICE_FALLING', parameter: '-price' },
  { sort: 'NEWEST', parameter: 'newest' },
] as const satisfies readonly { sort: SimilarSort; parameter: string | null }[];

/** `usual` is the order without a parameter. */
export function readSort(parameters: URLSearchParams, usual: SimilarSort = 'CLOSEST'): SimilarSort {
  const asked = parameters.get('sort');
  return (asked && SORTS.find(({ parameter }) => parameter === asked)?.sort) || usual;
}

export function sortParameter(sort: SimilarSort, usual: SimilarSort = 'CLOSEST'): string | null {
  return sort === usual ? null : (SORTS.find((known) => known.sort === sort)?.parameter ?? null);
}

/** The order of a list in which nothing is searched for, and so nothing is closest. */
export function readItemSort(parameters: URLSearchParams): ItemSort {
  const sort = readSort(parameters, 'NEWEST');
  return sort === 'CLOSEST' ? 'NEWEST' : sort;
}
