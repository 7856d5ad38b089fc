'use client';

import { ItemPicker } from '@/components/manage/item-picker.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { loadSeenItem } from '@/lib/api/stock.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import styles from './trial.module.css';
import { TrialResults } from './trial-results.tsx';

interface TrialItemProps {
  /** Null until one is chosen. */
  id: string | null;
  onChoose(id: string): void;
}

/** A search with one of the shop's items. */
export function TrialItem({ id, onChoose }: TrialItemProps) {
  const {
    value: item,
    error,
    reload,
  } = useLoaded(`seen item ${id}`, async (signal) => (id === null ? null : loadSeenItem(id, signal)));
  if (error) return <Failure error={error} onRetry={reload} />;
  if (item === undefined) return <Skeleton className={styles.place} />;
  const matched = item?.pictures.flatMap(({ garments }) => garments).find(({ isMatched }) => isMatched);
  return (
    <>
      <div className={styles.picker}>
        {id !== null && item === null && <p role="alert">The shop has no item {id}. Choose another.</p>}
        <ItemPicker
          key={item?.id ?? ''}
          label="Similar to"
          item={item}
          onChange={(next) => next && onChoose(next.id)}
        />
      </div>
      {item && !matched && (
        <p className={styles.soft}>
          Nothing of this item is matched, so nothing can be searched with it. Its page in the studio says
          why.
        </p>
      )}
      {item && matched && <TrialResults to={{ itemId: item.id }} category={matched.category} />}
    </>
  );
}
