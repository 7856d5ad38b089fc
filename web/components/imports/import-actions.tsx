'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Confirm } from '@/components/ui/confirm.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { cancelImport, type ImportJob, retryImport } from '@/lib/api/imports.ts';
import { explain } from '@/lib/explain.ts';
import styles from './imports.module.css';
import { isRunning } from './use-import.ts';

/** Cancels a running import, or retries what an ended one did not import. */
export function ImportActions({ job, onChange }: { job: ImportJob; onChange(): void }) {
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const running = isRunning(job);
  const retry = () => {
    setError(null);
    setBusy(true);
    retryImport(job.id)
      .then(onChange, (cause) => setError(explain(toApiError(cause)).advice))
      .finally(() => setBusy(false));
  };
  const missed = job.itemsFailed + job.itemsCancelled;
  if (!running && job.state === 'DONE' && missed === 0) return null;
  return (
    <div className={styles.actions}>
      {running ? (
        <Button onClick={() => setAsking(true)}>Cancel the import</Button>
      ) : (
        <Button disabled={busy} onClick={retry}>
          Try again
        </Button>
      )}
      {error && <p role="alert">{error}</p>}
      {asking && (
        <Confirm
          title={`Cancel the import of ${job.name}?`}
          action="Cancel the import"
          danger
          onConfirm={async () => {
            await cancelImport(job.id);
            onChange();
          }}
          onClose={() => setAsking(false)}
        >
          <p>What has been read stays in the catalogue. The rest can be tried again within a day.</p>
        </Confirm>
      )}
    </div>
  );
}
