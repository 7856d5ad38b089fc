import { formatShare } from '@/lib/format.ts';
import styles from './score-bar.module.css';

/** How likely an item is to agree with the garment, 0 to 1. */
export function ScoreBar({ score }: { score: number }) {
  return (
    <span
      className={styles.score}
      title={`Of matches like this one, ${formatShare(score)} agree in category and colour.`}
    >
      <span className={styles.track} aria-hidden="true">
        <span className={styles.bar} style={{ width: formatShare(score) }} />
      </span>
      {formatShare(score)} match
    </span>
  );
}
