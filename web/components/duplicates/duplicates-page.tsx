'use client';

import { useEffect } from 'react';
import { ManageHead } from '@/components/manage/manage-head.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { type DuplicateGroup, loadDuplicates } from '@/lib/api/duplicates.ts';
import { type LoadPage, usePages } from '@/lib/hooks/use-pages.ts';
import styles from './duplicates.module.css';
import { Group } from './group.tsx';

const load: LoadPage<DuplicateGroup> = (after, signal) => loadDuplicates(after, signal);

export function DuplicatesPage() {
  const { entries, error, hasMore, loading, loadMore, reload } = usePages('duplicates', load);
  useEffect(reload, [reload]);
  return (
    <>
      <ManageHead title="Duplicates">
        <p>
          Items that show the same picture, and are not variants of one product. What has just landed is
          compared within a minute.
        </p>
      </ManageHead>
      {error && !entries && <Failure error={error} onRetry={reload} />}
      {!error && !entries && (
        <div role="status" aria-label="Loading the duplicates">
          <Skeleton className={styles.place} />
        </div>
      )}
      {entries?.length === 0 && (
        <Notice title="No duplicates">
          <p>Every item has a picture of its own.</p>
        </Notice>
      )}
      {entries && entries.length > 0 && (
        <ul className={styles.groups} aria-label="Groups of the same picture" aria-busy={loading}>
          {entries.map((group) => (
            <li key={group.items[0]?.id} className={styles.group}>
              <Group group={group} />
            </li>
          ))}
        </ul>
      )}
      <LoadMore pages={{ hasMore, loading, error: entries ? error : null, loadMore }} />
    </>
  );
}
