'use client';

import { Badge } from '@/components/ui/badge.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Figure, Figures } from '@/components/ui/figures.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import type { ImportJob } from '@/lib/api/imports.ts';
import { formatNumber, formatTime } from '@/lib/format.ts';
import { stockAddress } from '@/lib/stock.ts';
import { ImportActions } from './import-actions.tsx';
import { ImportErrors } from './import-errors.tsx';
import styles from './imports.module.css';
import { leftOut, sentenceOf, shareOf, stateOf } from './progress.ts';
import { isRunning, useImport } from './use-import.ts';

export function ImportPage({ id }: { id: string }) {
  const { value: job, error, reload } = useImport(id);
  if (job === null) return <UnknownImport />;
  if (error) return <Failure error={error} onRetry={reload} />;
  if (!job) {
    return (
      <div role="status" aria-label="Loading the import">
        <Skeleton className={styles.place} />
      </div>
    );
  }
  return <ShownImport job={job} onChange={reload} />;
}

const OF_FEED = { total: 'rows read', ready: 'items ready', unchanged: 'rows as before' };
const OF_IMAGES = { total: 'items', ready: 'with new pictures', unchanged: 'as before' };

function ShownImport({ job, onChange }: { job: ImportJob; onChange(): void }) {
  const { name, tone } = stateOf(job);
  const broken = leftOut(job);
  const names = job.kind === 'IMAGES' ? OF_IMAGES : OF_FEED;
  return (
    <>
      <div className={styles.job}>
        <p className={styles.back}>
          <ButtonLink kind="quiet" href="/manage/imports">
            ← All imports
          </ButtonLink>
        </p>
        <div className={styles.jobHead}>
          <h1>{job.name}</h1>
          <Badge tone={tone}>{name}</Badge>
        </div>
        <p className={styles.soft}>
          Begun {formatTime(job.createdAt)}
          {job.finishedAt ? `, ended ${formatTime(job.finishedAt)}` : ''}
          {job.mode === 'REPLACE' ? ' · replaces the whole catalogue' : ''}
        </p>
        {isRunning(job) && <Progress share={shareOf(job)} label={`Import of ${job.name}`} />}
        <p role="status">{sentenceOf(job)}</p>
        <Landed job={job} />
        <ImportActions job={job} onChange={onChange} />
      </div>
      {job.failure && (
        <Notice kind="failure" title="The import failed">
          <p>{job.failure}</p>
        </Notice>
      )}
      {job.notes.length > 0 && (
        <Notice title={job.kind === 'IMAGES' ? 'What was left alone' : 'How the feed was read'}>
          {job.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
      <Figures>
        <Figure name={names.total}>{formatNumber(job.rowsTotal)}</Figure>
        <Figure name={names.ready}>{formatNumber(job.itemsReady)}</Figure>
        <Figure name="garments found">{formatNumber(job.garmentCount)}</Figure>
        <Figure name={names.unchanged}>{formatNumber(job.rowsUnchanged)}</Figure>
        {job.mode === 'REPLACE' && <Figure name="items removed">{formatNumber(job.itemsDeleted)}</Figure>}
        <Figure name="left out" tone={broken > 0 ? 'warn' : undefined}>
          {formatNumber(broken)}
        </Figure>
        <Figure name="warnings">{formatNumber(job.warningCount)}</Figure>
        <Figure name="items a second">{formatNumber(job.itemsPerSecond, 1)}</Figure>
      </Figures>
      <ImportErrors key={`errors ${job.id}`} id={job.id} severity="ERROR" count={broken} downloads />
      <ImportErrors
        key={`warnings ${job.id}`}
        id={job.id}
        severity="WARNING"
        count={job.warningCount}
        downloads={broken === 0}
      />
    </>
  );
}

/** The way to what the import made or changed, and to what of it could not be read. */
function Landed({ job: { id, itemsReady, itemsFailed, itemsPending } }: { job: ImportJob }) {
  if (itemsReady + itemsFailed + itemsPending === 0) return null;
  return (
    <p className={styles.actions}>
      <ButtonLink href={stockAddress({ importId: id })}>See its items</ButtonLink>
      {itemsFailed > 0 && (
        <ButtonLink kind="quiet" href={stockAddress({ importId: id, shown: 'FAILED' })}>
          {itemsFailed === 1
            ? 'The one that could not be read'
            : `The ${formatNumber(itemsFailed)} that could not be read`}
        </ButtonLink>
      )}
    </p>
  );
}

function UnknownImport() {
  return (
    <Notice
      heading="h1"
      title="There is no such import"
      actions={
        <ButtonLink kind="primary" href="/manage/imports">
          All imports
        </ButtonLink>
      }
    >
      <p>Its address may have been mistyped, or it is of another shop.</p>
    </Notice>
  );
}
