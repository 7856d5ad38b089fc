'use client';

import { useState } from 'react';
import { ManageHead } from '@/components/manage/manage-head.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { loadHealth } from '@/lib/api/health.ts';
import { formatTime } from '@/lib/format.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import styles from './health.module.css';
import { HealthFigures } from './health-figures.tsx';

export function HealthPage() {
  const [asked, setAsked] = useState(0);
  const { value: health, error, reload } = useLoaded(`health ${asked}`, loadHealth);
  const [last, setLast] = useState(health);
  if (health && health !== last) setLast(health);
  return (
    <>
      <ManageHead title="Health">
        <p>
          How well searches do, measured on items of the shop by comparing the index with an exact search.
        </p>
      </ManageHead>
      <div className={styles.bar}>
        <Button onClick={() => setAsked(asked + 1)} disabled={!health && !error}>
          {!health && !error ? 'Measuring…' : 'Refresh'}
        </Button>
        <p role="status" className={styles.soft}>
          {last
            ? `Measured ${formatTime(last.measuredAt)}; once a minute at most`
            : 'Measuring takes a few seconds.'}
        </p>
      </div>
      {error && <Failure error={error} onRetry={reload} />}
      {!last && !error && (
        <div role="status" aria-label="Measuring">
          <Skeleton className={styles.place} />
        </div>
      )}
      {last && !error && <HealthFigures health={last} />}
    </>
  );
}
