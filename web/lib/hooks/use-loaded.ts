'use client';

import { type QueryKey, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { type ApiError, toApiError } from '../api/errors.ts';
import { keyFor } from '../query-keys.ts';
import { useIsSignedIn } from './use-session.ts';

export interface Loaded<T> {
  /** Undefined until loaded. */
  value: T | undefined;
  /** Set if loading failed and there is no older data to show. */
  error: ApiError | null;
  /** How often loading has failed so far, also where there is older data to show. */
  failures: number;
  reload(): void;
}

interface LoadOptions {
  /** True for data that came with the page: see `useFreshFor`. Other data is loaded on each visit. */
  arrives?: boolean;
}

/** TanStack's `useQuery` for the data called `name`, cached separately for signed-in users. */
export function useLoaded<T>(
  name: string,
  load: (signal: AbortSignal) => Promise<T>,
  { arrives = false }: LoadOptions = {},
): Loaded<T> {
  const freshFor = useFreshFor();
  const { data, error, errorUpdateCount, refetch } = useQuery({
    queryKey: useKey(name),
    queryFn: ({ signal }) => load(signal),
    staleTime: arrives ? freshFor : 0,
  });
  const reload = useCallback(() => void refetch(), [refetch]);
  return {
    value: data,
    error: error && data === undefined ? toApiError(error) : null,
    failures: errorUpdateCount,
    reload,
  };
}

/** Long enough for what was asked for in advance, and shorter than any change takes. */
const STAFF_MS = 2000;

/**
 * For how long what was loaded is not asked for again. What everybody sees comes anew with each page, and only `reload` loads it
 * again. What staff see comes with none, and their next visit shows what they have changed since, as by a rule.
 */
export function useFreshFor(): number {
  return useIsSignedIn() ? STAFF_MS : Number.POSITIVE_INFINITY;
}

export function useKey(name: string): QueryKey {
  return useKeys()(name);
}

/** The query keys of names. During hydration the visitor is anonymous, as on the server. */
export function useKeys(): (name: string) => QueryKey {
  const audience = useIsSignedIn() ? 'signed in' : 'everybody';
  return useCallback((name) => keyFor(audience, name), [audience]);
}
