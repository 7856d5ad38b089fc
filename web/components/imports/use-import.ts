'use client';

import { useEffect, useState } from 'react';
import { followImport, type ImportJob, loadImport } from '@/lib/api/imports.ts';
import { type Loaded, useLoaded } from '@/lib/hooks/use-loaded.ts';

/** How long after the subscription ends a running import is polled again. */
const AGAIN_MS = 1500;

/** An import and its progress, by subscription, or by polling if the subscription breaks off. */
export function useImport(id: string): Loaded<ImportJob | null> {
  const loaded = useLoaded(`import ${id}`, (signal) => loadImport(id, signal));
  const [live, setLive] = useState<ImportJob | null>(null);
  const { value, failures, reload } = loaded;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was loaded is newer than what came before it.
  useEffect(() => setLive(null), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what failed, as while the server starts anew, is tried again.
  useEffect(() => {
    if (!value || !isRunning(value)) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      if (!abort.signal.aborted) timer = setTimeout(reload, AGAIN_MS);
    };
    follow(value.id, abort.signal, setLive).then(again, again);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [value, failures, reload]);

  return { ...loaded, value: live?.id === value?.id && live ? live : value };
}

async function follow(id: string, signal: AbortSignal, onChange: (job: ImportJob) => void): Promise<void> {
  for await (const job of followImport(id, signal)) {
    if (signal.aborted) return;
    onChange(job);
  }
}

export function isRunning({ state, itemsPending }: ImportJob): boolean {
  return state === 'RUNNING' || itemsPending > 0;
}
