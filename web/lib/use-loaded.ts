'use client';

import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { type ApiError, toApiError } from './api/errors.ts';
import { keep, recall } from './kept.ts';

export interface Loaded<T> {
  /** Undefined until it is there. */
  value: T | undefined;
  /** Set where loading failed and there is nothing older to show. */
  error: ApiError | null;
  reload(): void;
}

interface State<T> {
  key: string;
  value?: T | undefined;
  error?: ApiError | undefined;
}

/** Loads what `key` names, shows what was kept of it meanwhile, and gives up when the key changes. */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<State<T>>(() => ({ key, value: recall<T>(key) }));
  const [attempt, setAttempt] = useState(0);
  const start = useEffectEvent(load);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt loads the same key again.
  useEffect(() => {
    const abort = new AbortController();
    setState((before) => ({ key, value: before.key === key ? before.value : recall<T>(key) }));
    start(abort.signal).then(
      (value) => {
        if (abort.signal.aborted) return;
        keep(key, value);
        setState({ key, value });
      },
      (cause: unknown) => {
        if (abort.signal.aborted) return;
        setState((before) => (before.value === undefined ? { key, error: toApiError(cause) } : before));
      },
    );
    return () => abort.abort();
  }, [key, attempt]);

  const reload = useCallback(() => setAttempt((before) => before + 1), []);
  const current: State<T> = state.key === key ? state : { key, value: recall<T>(key) };
  return { value: current.value, error: current.error ?? null, reload };
}
