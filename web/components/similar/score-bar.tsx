import { formatShare } from '@/lib/format.ts';
import styles from './score-bar.module.css';

/** How much an item looks like the garment, 0 to 1. */
export function ScoreBar({ score }: { score: number }) {
  return (
    <span className={styles.score}>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.bar} style={{ width: formatShare(score) }} />
      </span>
      {formatShare(score)} alike
    </span>
  );
}
