'use client';

import { useSearchParams } from 'next/navigation';
import { replaceParameters } from '../address.ts';
import type { Category } from '../api/shapes.ts';
import { type FilterState, filterParameters, readFilter } from '../filter.ts';

/** A function is given the filter as it is by then: what is shown is older where a slow telephone still renders. */
export type FilterChange = Partial<FilterState> | ((now: FilterState) => Partial<FilterState>);
export type SetFilter = (change: FilterChange) => void;

/**
 * The filter in the address, and a setter that writes it there, so that it survives reload, back and sharing. If the
 * address names no category, `usual` applies.
 */
export function useFilter(usual: Category | null = null): [FilterState, SetFilter] {
  const set: SetFilter = (change) => {
    const now = readFilter(new URLSearchParams(window.location.search), usual);
    replaceParameters(filterParameters({ ...now, ...partOf(change, now) }, usual));
  };
  return [readFilter(useSearchParams(), usual), set];
}

export function partOf(change: FilterChange, now: FilterState): Partial<FilterState> {
  return typeof change === 'function' ? change(now) : change;
}
