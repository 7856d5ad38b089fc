'use client';

import { Skeleton } from '@/components/ui/skeleton.tsx';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './item-page.module.css';

export function ItemSkeleton() {
  const { t } = useWords();
  return (
    <div className={styles.item} role="status" aria-label={t('item.loading')}>
      <Skeleton className={styles.place} />
      <Skeleton className={styles.placeWords} />
    </div>
  );
}
