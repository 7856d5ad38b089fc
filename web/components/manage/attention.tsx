'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { leftOut, sentenceOf, stateOf } from '@/components/imports/progress.ts';
import { ItemPicture } from '@/components/items/item-picture.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { type Attention as Found, type HiddenItems, loadAttention } from '@/lib/api/attention.ts';
import { count, formatNumber, formatTime } from '@/lib/format.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { stockItemPath } from '@/lib/path-id.ts';
import { stockAddress } from '@/lib/stock.ts';
import styles from './attention.module.css';

/** The last import, and what needs a look, each with the way to it. */
export function Attention() {
  const { value: found, error, reload } = useLoaded('attention', loadAttention);
  if (error) return <Failure error={error} onRetry={reload} />;
  if (!found) {
    return (
      <div role="status" aria-label="Loading">
        <Skeleton className={styles.place} />
      </div>
    );
  }
  const points = pointsOf(found);
  return (
    <section className={styles.attention} aria-labelledby="attention">
      <h2 id="attention">Worth a look</h2>
      <LastImport job={found.lastImport} />
      {points.length > 0 ? (
        <ul className={styles.points} aria-label="What needs attention">
          {points.map(({ name, content }) => (
            <li key={name}>{content}</li>
          ))}
        </ul>
      ) : (
        <p className={styles.soft}>
          Nothing else: every item was read and can be matched, and no two show the same picture.
        </p>
      )}
    </section>
  );
}

function LastImport({ job }: { job: Found['lastImport'] }) {
  if (!job) {
    return (
      <p className={styles.soft}>
        No feed has been imported yet. <Link href="/manage/imports">Bring one in</Link>
      </p>
    );
  }
  const { name, tone } = stateOf(job);
  const out = leftOut(job);
  return (
    <p className={styles.import}>
      <span>
        Last import: <Link href={`/manage/imports/${job.id}`}>{job.name}</Link>{' '}
        <Badge tone={tone}>{name}</Badge>
      </span>
      <span className={styles.soft}>
        {formatTime(job.createdAt)}. {sentenceOf(job)}
        {out > 0 && (
          <>
            {' '}
            <Link href={`/manage/imports/${job.id}`}>See what was left out and why</Link>
          </>
        )}
      </span>
    </p>
  );
}

function pointsOf({
  failed,
  unmatched,
  hasDuplicates,
  missedSearches,
  webhooksOff,
}: Found): { name: string; content: ReactNode }[] {
  return [
    webhooksOff.length > 0 && {
      name: 'webhooks',
      content: (
        <Link href="/manage/webhooks" className={styles.point}>
          {webhooksOff.length === 1
            ? `The webhook ${webhooksOff[0]!.name} was switched off, because its deliveries failed`
            : `${webhooksOff.length} webhooks were switched off, because their deliveries failed`}
        </Link>
      ),
    },
    failed.count > 0 && {
      name: 'failed',
      content: (
        <Hidden
          title={`${howMany(failed)} could not be read`}
          hidden={failed}
          all={stockAddress({ shown: 'FAILED' })}
        />
      ),
    },
    unmatched.count > 0 && {
      name: 'unmatched',
      content: (
        <Hidden
          title={`${howMany(unmatched)} not matched, so shoppers do not see them`}
          hidden={unmatched}
          all={stockAddress({ shown: 'NOT_MATCHED' })}
        />
      ),
    },
    missedSearches > 0 && {
      name: 'missed',
      content: (
        <Link href="/manage/insights?days=7" className={styles.point}>
          {missedSearches === 1 ? '1 search' : `${formatNumber(missedSearches)} searches`} found nothing close
          in the last seven days
        </Link>
      ),
    },
    hasDuplicates && {
      name: 'duplicates',
      content: (
        <Link href="/manage/duplicates" className={styles.point}>
          Some items show the same picture
        </Link>
      ),
    },
  ].filter((point) => point !== false);
}

function howMany({ count: all, isExact }: HiddenItems): string {
  return isExact ? count(all, 'item') : `More than ${formatNumber(all)} items`;
}

/** The items themselves: the page of each says more, and lets it be put right. */
function Hidden({ title, hidden, all }: { title: string; hidden: HiddenItems; all: string }) {
  return (
    <details className={styles.hidden}>
      <summary>{title}</summary>
      <ul>
        {hidden.items.map(({ item, reason }) => (
          <li key={item.id}>
            <Link href={stockItemPath(item.id)} className={styles.item}>
              <ItemPicture item={item} className={styles.thumbnail} />
              <span>
                <span>{item.title}</span>
                <small>{[item.id, reason].filter(Boolean).join(' · ')}</small>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <p className={styles.all}>
        <Link href={all}>All of them in the table</Link>
      </p>
    </details>
  );
}
