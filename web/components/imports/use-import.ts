'use client';

import { useEffect } from 'react';
import { type ImportJob, loadImport } from '@/lib/api/manage.ts';
import { type Loaded, useLoaded } from '@/lib/use-loaded.ts';

const POLL_MS = 1500;

/** An import as it stands, and as it goes on. */
export function useImport(id: string): Loaded<ImportJob | null> {
  const loaded = useLoaded(`import ${id}`, (signal) => loadImport(id, signal));
  const { value, reload } = loaded;
  useEffect(() => {
    if (!value || !isRunning(value)) return;
    const timer = setTimeout(reload, POLL_MS);
    return () => clearTimeout(timer);
  }, [value, reload]);
  return loaded;
}

export function isRunning({ state, itemsPending }: ImportJob): boolean {
  return state === 'RUNNING' || itemsPending > 0;
}
