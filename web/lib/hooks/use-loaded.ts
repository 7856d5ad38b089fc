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
  /** True for data that came with the page: it is only reloaded by `reload`. Other data is loaded on each visit. */
  arrives?: boolean;
}

/** TanStack's `useQuery` for the data called `name`, cached separately for signed-in users. */
export function useLoaded<T>(
  name: string,
  load: (signal: AbortSignal) => Promise<T>,
  { arrives = false }: LoadOptions = {},
): Loaded<T> {
  const { data, error, errorUpdateCount, refetch } = useQuery({
    queryKey: useKey(name),
    queryFn: ({ signal }) => load(signal),
    staleTime: arrives ? Number.POSITIVE_INFINITY : 0,
  });
  const reload = useCallback(() => void refetch(), [refetch]);
  return {
    value: data,
    error: error && data === undefined ? toApiError(error) : null,
    failures: errorUpdateCount,
    reload,
  };
}

export function useKey(name: string): QueryKey {
  return useKeys()(name);
}

/** The query keys of names. During hydration the visitor is anonymous, as on the server. */
export function useKeys(): (name: string) => QueryKey {
  const audience = useIsSignedIn() ? 'signed in' : 'everybody';
  return useCallback((name) => keyFor(audience, name), [audience]);
}
