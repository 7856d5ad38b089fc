'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { type ApiError, toApiError } from '../api/errors.ts';
import type { Page } from '../api/page.ts';
import { useKey } from './use-loaded.ts';

export type Load<P extends Page<unknown>> = (after: string | null, signal: AbortSignal) => Promise<P>;
export type LoadPage<T> = Load<Page<T>>;

export interface Pages<P extends Page<unknown>> {
  /** Undefined until the first page is there. */
  entries: P['entries'] | undefined;
  total: number | null;
  /** The last page, for what it says beside its entries. */
  last: P | undefined;
  hasMore: boolean;
  loading: boolean;
  error: ApiError | null;
  loadMore(): void;
  /** Loads again the pages that are there. */
  reload(): void;
}

/**
 * TanStack's `useInfiniteQuery` for a list that `name` names, page after page by cursor. Going back shows the list as it
 * was left: its pages are kept, and asked for again by `reload` alone.
 */
export function usePages<P extends Page<unknown>>(name: string, load: Load<P>): Pages<P> {
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: useKey(name),
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const entries = useMemo(() => data?.pages.flatMap((page) => page.entries as P['entries']), [data]);
  const last = data?.pages.at(-1);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const reload = useCallback(() => void refetch(), [refetch]);
  return {
    entries: entries as P['entries'] | undefined,
    total: last?.total ?? null,
    last,
    hasMore: hasNextPage,
    loading: isFetching,
    error: error && toApiError(error),
    loadMore,
    reload,
  };
}
