'use client';

import { Skeleton } from '@/components/ui/skeleton.tsx';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './outfit-builder.module.css';

export function OutfitSkeleton() {
  const { t } = useWords();
  return (
    <div className={styles.columns} role="status" aria-label={t('outfit.loading')}>
      <div className={styles.picture}>
        <Skeleton className={styles.placePicture} />
      </div>
      <div className={styles.side}>
        <Skeleton className={styles.placeWords} />
        <Skeleton className={styles.placePieces} />
      </div>
    </div>
  );
}
