import { ItemGridSkeleton } from '@/components/items/item-grid.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import styles from './photo-page.module.css';

export function PhotoSkeleton() {
  return (
    <div className={styles.columns}>
      <div className={styles.side}>
        <div className={styles.photo}>
          <Skeleton className={styles.placePhoto} />
        </div>
        <Skeleton className={styles.placeList} />
      </div>
      <div className={styles.main}>
        <Skeleton className={styles.placeWords} />
        <Skeleton className={styles.placeFilters} />
        <ItemGridSkeleton />
      </div>
    </div>
  );
}
