'use client';

import { useSearchParams } from 'next/navigation';
import type { ItemFilter } from './api/generated/graphql.ts';
import type { Category } from './api/shapes.ts';
import { isCategory } from './categories.ts';

export interface FilterState {
  category: Category | null;
  color: string | null;
  minPrice: number | null;
  maxPrice: number | null;
  inStock: boolean;
}

export const NO_FILTER: FilterState = {
  category: null,
  color: null,
  minPrice: null,
  maxPrice: null,
  inStock: false,
};

/** In the address: all categories, where without a word there would be one. */
const ANY = 'any';

/**
 * The filter that the address holds, and a setter that writes it there: reload, back and sharing keep it. Where the
 * address names no category, `usual` stands.
 */
export function useFilter(
  usual: Category | null = null,
): [FilterState, (change: Partial<FilterState>) => void] {
  const parameters = useSearchParams();
  const category = parameters.get('category');
  const state: FilterState = {
    category: isCategory(category) ? category : category === ANY ? null : usual,
    color: parameters.get('color'),
    minPrice: price(parameters.get('min')),
    maxPrice: price(parameters.get('max')),
    inStock: parameters.get('stock') === '1',
  };
  return [state, (change) => writeFilter({ ...state, ...change }, usual)];
}

function writeFilter(state: FilterState, usual: Category | null): void {
  replaceParameters({
    category: state.category === usual ? null : (state.category ?? ANY),
    color: state.color,
    min: state.minPrice?.toString() ?? null,
    max: state.maxPrice?.toString() ?? null,
    stock: state.inStock ? '1' : null,
  });
}

/** Sets search parameters of the present address (null removes one) without a new entry in the history. */
export function replaceParameters(change: Record<string, string | null>): void {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(change)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  window.history.replaceState(null, '', url);
}

function price(text: string | null): number | null {
  const value = Number(text);
  return text && Number.isFinite(value) && value >= 0 ? value : null;
}

export function toItemFilter(state: FilterState): ItemFilter {
  return {
    ...(state.category && { categories: [state.category] }),
    ...(state.color && { colors: [state.color] }),
    ...(state.minPrice !== null && { minPrice: state.minPrice }),
    ...(state.maxPrice !== null && { maxPrice: state.maxPrice }),
    ...(state.inStock && { availability: ['IN_STOCK'] }),
  };
}

export function isFiltering(state: FilterState): boolean {
  return Object.keys(toItemFilter(state)).length > 0;
}
