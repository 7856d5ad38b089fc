import { Skeleton } from '@/components/ui/skeleton.tsx';
import styles from './looks.module.css';

/** As large as the cards that will come. */
export function LooksSkeleton() {
  return (
    <div className={styles.cards} role="status" aria-label="Loading the looks">
      {['a', 'b', 'c'].map((name) => (
        <Skeleton key={name} className={styles.place} />
      ))}
    </div>
  );
}
