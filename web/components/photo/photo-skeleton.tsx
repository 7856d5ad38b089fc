import { ItemGridSkeleton } from '@/components/items/item-grid.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import styles from './photo-page.module.css';

export function PhotoSkeleton() {
  return (
    <div className={styles.columns}>
      <div className={styles.side}>
        <Skeleton className={styles.placePhoto} />
      </div>
      <div className={styles.main}>
        <ItemGridSkeleton />
      </div>
    </div>
  );
}
