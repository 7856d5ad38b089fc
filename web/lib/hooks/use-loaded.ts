'use client';

import { type QueryKey, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { type ApiError, toApiError } from '../api/errors.ts';
import { keyFor } from '../query-keys.ts';
import { useSession } from './use-session.ts';

export interface Loaded<T> {
  /** Undefined until it is there. */
  value: T | undefined;
  /** Set where loading failed and there is nothing older to show. */
  error: ApiError | null;
  reload(): void;
}

interface LoadOptions {
  /** It came with the page, and is loaded again by `reload` alone; all else is with each visit. */
  arrives?: boolean;
}

/** TanStack's `useQuery` for what `name` names, kept apart for those who signed in. */
export function useLoaded<T>(
  name: string,
  load: (signal: AbortSignal) => Promise<T>,
  { arrives = false }: LoadOptions = {},
): Loaded<T> {
  const { data, error, refetch } = useQuery({
    queryKey: useKey(name),
    queryFn: ({ signal }) => load(signal),
    staleTime: arrives ? Number.POSITIVE_INFINITY : 0,
  });
  const reload = useCallback(() => void refetch(), [refetch]);
  return { value: data, error: error && data === undefined ? toApiError(error) : null, reload };
}

export function useKey(name: string): QueryKey {
  return useKeys()(name);
}

/** The keys of answers by their names. While a page is taken over from the server, its visitor is nobody, as there. */
export function useKeys(): (name: string) => QueryKey {
  const audience = useSession().phase === 'in' ? 'signed in' : 'everybody';
  return useCallback((name) => keyFor(audience, name), [audience]);
}
