'use client';

import { useSearchParams } from 'next/navigation';
import { replaceParameters } from '../address.ts';
import { type RefinementState, readRefinement } from '../refinement.ts';

export type SetRefinement = (change: Partial<RefinementState>) => void;

/** The refinement in the address, and a setter that writes it there. */
export function useRefinement(): [RefinementState, SetRefinement] {
  return [readRefinement(useSearchParams()), writeRefinement];
}

/** The refinement in the address by now: what is shown is older where a slow telephone still renders. */
export function currentRefinement(): RefinementState {
  return readRefinement(new URLSearchParams(window.location.search));
}

/** Writes the given fields to the address, and leaves the others. */
export const writeRefinement: SetRefinement = ({ say, more, less, weaker }) =>
  replaceParameters({
    ...(say !== undefined && { say: say.trim() }),
    ...(more && { more }),
    ...(less && { less }),
    ...(weaker !== undefined && { weaker: weaker === null ? null : weaker ? '1' : '0' }),
  });
