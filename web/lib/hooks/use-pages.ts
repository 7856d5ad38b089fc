'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { type ApiError, toApiError } from '../api/errors.ts';
import { FROM_THE_FIRST_PAGE, type Page } from '../api/page.ts';
import { isOfEverybody } from '../query-keys.ts';
import { useFreshFor, useKey } from './use-loaded.ts';

export type Load<P extends Page<unknown>> = (after: string | null, signal: AbortSignal) => Promise<P>;
export type LoadPage<T> = Load<Page<T>>;

export interface Pages<P extends Page<unknown>> {
  /** Undefined until the first page is loaded. */
  entries: P['entries'] | undefined;
  total: number | null;
  /** Number of pages loaded. */
  count: number;
  /** The last page, for its data beside the entries. */
  last: P | undefined;
  hasMore: boolean;
  loading: boolean;
  /** Whether this is what everybody sees, until what a signed-in visitor sees is there. */
  ofEverybody: boolean;
  error: ApiError | null;
  loadMore(): void;
  /** Reloads the pages loaded so far. */
  reload(): void;
}

/**
 * TanStack's `useInfiniteQuery` for the list called `name`, paginated by cursor. Going back shows the list as it was:
 * its pages are kept, and loaded again by `reload`, or as `useFreshFor` has it.
 */
export function usePages<P extends Page<unknown>>(name: string, load: Load<P>): Pages<P> {
  const { data, error, isFetching, isPlaceholderData, hasNextPage, fetchNextPage, refetch } =
    useInfiniteQuery({
      queryKey: useKey(name),
      queryFn: ({ pageParam, signal }) => load(pageParam, signal),
      ...FROM_THE_FIRST_PAGE,
      // Whoever turns out to be signed in sees the list that everybody sees until their own is there.
      placeholderData: (before, query) => (isOfEverybody(query?.queryKey, name) ? before : undefined),
      staleTime: useFreshFor(),
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
    count: data?.pages.length ?? 0,
    last,
    hasMore: hasNextPage,
    loading: isFetching,
    ofEverybody: isPlaceholderData,
    error: error && toApiError(error),
    loadMore,
    reload,
  };
}
