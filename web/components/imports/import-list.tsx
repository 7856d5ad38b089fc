'use client';

import Link from 'next/link';
import { useEffect } from 'react';
import { Badge } from '@/components/ui/badge.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import table from '@/components/ui/table.module.css';
import { type ImportJob, loadImports } from '@/lib/api/imports.ts';
import { formatNumber, formatTime } from '@/lib/format.ts';
import { type LoadPage, usePages } from '@/lib/hooks/use-pages.ts';
import styles from './imports.module.css';
import { leftOut, shareOf, stateOf } from './progress.ts';
import { isRunning } from './use-import.ts';

const POLL_MS = 3000;
const load: LoadPage<ImportJob> = (after, signal) => loadImports(after, signal);

/** All imports, newest first. Reloads while one is running. */
export function ImportList() {
  const { entries, error, hasMore, loading, loadMore, reload } = usePages('imports', load);
  useEffect(reload, [reload]);
  const running = entries?.slice(0, 20).some(isRunning) ?? false;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => !document.hidden && reload(), POLL_MS);
    return () => clearInterval(timer);
  }, [running, reload]);

  if (error && !entries) return <Failure error={error} onRetry={reload} />;
  if (!entries) {
    return (
      <div role="status" aria-label="Loading the imports">
        <Skeleton className={styles.place} />
      </div>
    );
  }
  return (
    <section className={styles.list} aria-labelledby="imports">
      <h2 id="imports">Until now</h2>
      {entries.length === 0 ? (
        <p className={styles.soft}>No feed has been imported yet.</p>
      ) : (
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Feed</th>
              <th scope="col">State</th>
              <th scope="col" data-number>
                Rows
              </th>
              <th scope="col" data-number>
                Left out
              </th>
              <th scope="col" data-number>
                Warnings
              </th>
              <th scope="col">Begun</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((job) => (
              <Row key={job.id} job={job} />
            ))}
          </tbody>
        </table>
      )}
      <LoadMore pages={{ hasMore, loading, error, loadMore }} />
    </section>
  );
}

function Row({ job }: { job: ImportJob }) {
  const { name, tone } = stateOf(job);
  return (
    <tr>
      <td>
        <Link href={`/manage/imports/${job.id}`}>{job.name}</Link>
      </td>
      <td data-name="State">
        {isRunning(job) ? (
          <div className={styles.running}>
            <Progress share={shareOf(job)} label={`Import of ${job.name}`} />
          </div>
        ) : (
          <Badge tone={tone}>{name}</Badge>
        )}
      </td>
      <td data-name="Rows" data-number>
        {formatNumber(job.rowsTotal)}
      </td>
      <td data-name="Left out" data-number>
        {formatNumber(leftOut(job))}
      </td>
      <td data-name="Warnings" data-number>
        {formatNumber(job.warningCount)}
      </td>
      <td data-name="Begun">{formatTime(job.createdAt)}</td>
    </tr>
  );
}
