'use client';

import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { followImport, type ImportJob, refreshImages } from '@/lib/api/imports.ts';
import { explain } from '@/lib/explain.ts';
import styles from './imports.module.css';
import { isRunning } from './use-import.ts';

type Refresh =
  | { phase: 'idle' }
  | { phase: 'asking' }
  | { phase: 'done'; job: ImportJob }
  | { phase: 'failed'; advice: string };

/** Asks for an item's pictures again, and says what came of it. */
export function RefreshItem({ id, onChange }: { id: string; onChange(): void }) {
  const [refresh, setRefresh] = useState<Refresh>({ phase: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    const abort = new AbortController();
    running.current = abort;
    setRefresh({ phase: 'asking' });
    try {
      let job = await refreshImages([id]);
      for await (const now of followImport(job.id, abort.signal)) job = now;
      if (abort.signal.aborted) return;
      setRefresh({ phase: 'done', job });
      if (job.itemsReady > 0 || isRefused(job)) onChange();
    } catch (cause) {
      if (!abort.signal.aborted) setRefresh({ phase: 'failed', advice: explain(toApiError(cause)).advice });
    }
  };

  return (
    <div className={styles.actions}>
      <Button onClick={start} disabled={refresh.phase === 'asking'}>
        Look at the pictures again
      </Button>
      <p role="status" className={styles.soft}>
        {refresh.phase === 'asking' && 'Asking for its pictures…'}
        {refresh.phase === 'done' && (
          <>
            {outcomeOf(refresh.job)}{' '}
            {(isRunning(refresh.job) ||
              refresh.job.warningCount > 0 ||
              refresh.job.itemsFailed > 0 ||
              isRefused(refresh.job)) && <Link href={`/manage/imports/${refresh.job.id}`}>See why</Link>}
          </>
        )}
      </p>
      <FormError>{refresh.phase === 'failed' ? refresh.advice : null}</FormError>
    </div>
  );
}

/** The item is gone, or was never imported. */
const isRefused = (job: ImportJob) => job.rowsRejected > 0 || job.itemsDeleted > 0;

function outcomeOf(job: ImportJob): string {
  if (isRunning(job)) return 'They are still being fetched.';
  if (isRefused(job)) return 'The item could not be looked at.';
  if (job.warningCount > 0 && job.itemsReady === 0) return 'A picture could not be had; the old one stays.';
  if (job.itemsFailed > 0) return 'The pictures could not be looked at.';
  if (job.itemsReady > 0) return 'They have changed, and were looked at again.';
  return job.notes[0] ?? 'They are as before.';
}
