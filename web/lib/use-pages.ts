'use client';

import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { type ApiError, toApiError } from './api/errors.ts';
import type { Page } from './api/queries.ts';
import { keep, recall } from './kept.ts';

export type LoadPage<T> = (after: string | null, signal: AbortSignal) => Promise<Page<T>>;

export interface Pages<T> {
  /** Undefined until the first page is there. */
  entries: T[] | undefined;
  total: number | null;
  hasMore: boolean;
  loading: boolean;
  error: ApiError | null;
  loadMore(): void;
  /** Starts again at the first page. */
  reload(): void;
}

interface State<T> {
  key: string;
  pages?: Page<T>;
  loading: boolean;
  error: ApiError | null;
}

/** A list that `key` names, page after page by cursor; all its pages are kept for the way back. */
export function usePages<T>(key: string, load: LoadPage<T>): Pages<T> {
  const [state, setState] = useState<State<T>>(() => begin(key));
  const [attempt, setAttempt] = useState(0);
  const running = useRef<AbortController | null>(null);
  const first = useEffectEvent((signal: AbortSignal) => load(null, signal));

  useEffect(() => {
    const abort = new AbortController();
    running.current = abort;
    const pages = recall<Page<T>>(key);
    // Going back shows the list as it was left; asking for it again would lose the later pages.
    if (pages && attempt === 0) {
      setState({ key, pages, loading: false, error: null });
      return () => abort.abort();
    }
    setState((before) => ({
      key,
      pages: before.key === key ? before.pages : undefined,
      loading: true,
      error: null,
    }));
    settle(first(abort.signal), key, abort.signal, setState);
    return () => abort.abort();
  }, [key, attempt]);

  const loadMore = useCallback(() => {
    const { pages } = state;
    const signal = running.current?.signal;
    if (!pages?.next || state.loading || !signal) return;
    setState((before) => ({ ...before, loading: true, error: null }));
    const joined = load(pages.next, signal).then((page) => ({
      ...page,
      entries: [...pages.entries, ...page.entries],
    }));
    settle(joined, key, signal, setState);
  }, [key, load, state]);

  const reload = useCallback(() => setAttempt((before) => before + 1), []);
  const current = state.key === key ? state : begin<T>(key);
  return {
    entries: current.pages?.entries,
    total: current.pages?.total ?? null,
    hasMore: current.pages?.next != null,
    loading: current.loading,
    error: current.error,
    loadMore,
    reload,
  };
}

function begin<T>(key: string): State<T> {
  const pages = recall<Page<T>>(key);
  return { key, pages, loading: !pages, error: null };
}

function settle<T>(
  loaded: Promise<Page<T>>,
  key: string,
  signal: AbortSignal,
  setState: (update: (before: State<T>) => State<T>) => void,
): void {
  loaded.then(
    (pages) => {
      if (signal.aborted) return;
      keep(key, pages);
      setState(() => ({ key, pages, loading: false, error: null }));
    },
    (cause: unknown) => {
      if (!signal.aborted) setState((before) => ({ ...before, loading: false, error: toApiError(cause) }));
    },
  );
}
