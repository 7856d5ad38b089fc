import { Skeleton } from '@/components/ui/skeleton.tsx';
import styles from './rules.module.css';

export function RulesSkeleton() {
  return (
    <div role="status" aria-label="Loading the rules">
      <Skeleton className={styles.place} />
    </div>
  );
}
