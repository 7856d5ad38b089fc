import { Skeleton } from '@/components/ui/skeleton.tsx';
import styles from './outfit-builder.module.css';

export function OutfitSkeleton() {
  return (
    <div className={styles.columns} role="status" aria-label="Loading the outfit">
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
