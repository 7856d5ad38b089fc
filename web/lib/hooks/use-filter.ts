'use client';

import { useSearchParams } from 'next/navigation';
import { replaceParameters } from '../address.ts';
import type { Category } from '../api/shapes.ts';
import { type FilterState, filterParameters, readFilter } from '../filter.ts';

export type SetFilter = (change: Partial<FilterState>) => void;

/**
 * The filter that the address holds, and a setter that writes it there: reload, back and sharing keep it. Where the
 * address names no category, `usual` stands.
 */
export function useFilter(usual: Category | null = null): [FilterState, SetFilter] {
  const state = readFilter(useSearchParams(), usual);
  return [state, (change) => replaceParameters(filterParameters({ ...state, ...change }, usual))];
}
