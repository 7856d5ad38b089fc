import { Skeleton } from '@/components/ui/skeleton.tsx';
import styles from './item-page.module.css';

export function ItemSkeleton() {
  return (
    <div className={styles.item} role="status" aria-label="Loading the item">
      <Skeleton className={styles.place} />
      <Skeleton className={styles.placeWords} />
    </div>
  );
}
