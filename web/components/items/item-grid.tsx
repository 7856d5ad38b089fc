'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import type { Page } from '@/lib/api/page.ts';
import type { Pages } from '@/lib/hooks/use-pages.ts';
import { useReloadPlace } from '@/lib/hooks/use-reload-place.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './item-grid.module.css';

interface ItemGridProps<T> {
  pages: Pages<Page<T>>;
  /** Shown if the list has loaded and is empty. */
  empty: ReactNode;
  /** Name of the list for screen readers: `Similar items`. */
  label: string;
  identify(entry: T): string;
  children(entry: T, index: number): ReactNode;
}

/** A paginated list of items in each of its states: loading, failed, empty, loaded. */
export function ItemGrid<T>({ pages, empty, label, identify, children }: ItemGridProps<T>) {
  const { t } = useWords();
  const { entries, error, loading, hasMore } = pages;
  useReloadPlace(pages);
  if (!entries) return error ? <Failure error={error} onRetry={pages.reload} /> : <ItemGridSkeleton />;
  if (entries.length === 0) return empty;
  return (
    <>
      <ul className={styles.grid} aria-label={label} aria-busy={loading}>
        {entries.map((entry, index) => (
          <li key={identify(entry)}>{children(entry, index)}</li>
        ))}
      </ul>
      <div className={styles.more}>
        {error && <Failure error={error} onRetry={hasMore ? pages.loadMore : pages.reload} />}
        {!error && hasMore && (
          <Button onClick={pages.loadMore} disabled={loading}>
            {loading ? t('action.loading') : t('action.loadMore')}
          </Button>
        )}
      </div>
    </>
  );
}

export function ItemGridSkeleton() {
  const { t } = useWords();
  return (
    <div className={styles.grid} role="status" aria-label={t('items.loading')}>
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => (
        <Skeleton key={name} className={styles.place} />
      ))}
    </div>
  );
}
