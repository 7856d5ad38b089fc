'use client';

import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { type ApiError, toApiError } from './api/errors.ts';
import type { Page } from './api/queries.ts';
import { keep, recall } from './kept.ts';

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
  /** Starts again at the first page. */
  reload(): void;
}

interface State<P> {
  key: string;
  pages?: P | undefined;
  loading: boolean;
  error: ApiError | null;
}

/** A list that `key` names, page after page by cursor; all its pages are kept for the way back. */
export function usePages<P extends Page<unknown>>(key: string, load: Load<P>): Pages<P> {
  const [state, setState] = useState<State<P>>(() => begin(key));
  const [attempt, setAttempt] = useState(0);
  const running = useRef<AbortController | null>(null);
  const first = useEffectEvent((signal: AbortSignal) => load(null, signal));

  useEffect(() => {
    const abort = new AbortController();
    running.current = abort;
    const pages = recall<P>(key);
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
  const current = state.key === key ? state : begin<P>(key);
  return {
    entries: current.pages?.entries,
    total: current.pages?.total ?? null,
    last: current.pages,
    hasMore: current.pages?.next != null,
    loading: current.loading,
    error: current.error,
    loadMore,
    reload,
  };
}

function begin<P>(key: string): State<P> {
  const pages = recall<P>(key);
  return { key, pages, loading: !pages, error: null };
}

function settle<P>(
  loaded: Promise<P>,
  key: string,
  signal: AbortSignal,
  setState: (update: (before: State<P>) => State<P>) => void,
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
