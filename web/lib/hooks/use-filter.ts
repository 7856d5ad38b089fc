'use client';

import { useSearchParams } from 'next/navigation';
import { replaceParameters } from '../address.ts';
import type { Category } from '../api/shapes.ts';
import { type FilterState, filterParameters, readFilter } from '../filter.ts';

export type SetFilter = (change: Partial<FilterState>) => void;

/**
 * The filter in the address, and a setter that writes it there, so that it survives reload, back and sharing. If the
 * address names no category, `usual` applies.
 */
export function useFilter(usual: Category | null = null): [FilterState, SetFilter] {
  const state = readFilter(useSearchParams(), usual);
  return [state, (change) => replaceParameters(filterParameters({ ...state, ...change }, usual))];
}
