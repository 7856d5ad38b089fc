import { formatNumber } from '@/lib/format.ts';
import styles from './insights.module.css';

interface Bar {
  name: string;
  count: number;
  /** What stands after the number. */
  remark?: string | undefined;
}

/** Named bars, each with its number. */
export function Bars({ bars, empty }: { bars: Bar[]; empty: string }) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  if (bars.length === 0) return <p className={styles.soft}>{empty}</p>;
  return (
    <ul className={styles.bars}>
      {bars.map(({ name, count, remark }) => (
        <li key={name}>
          <span className={styles.barName}>{name}</span>
          <span className={styles.barNumber}>
            {formatNumber(count)}
            {remark && <small> {remark}</small>}
          </span>
          <span className={styles.barTrack}>
            <span style={{ width: `${(100 * count) / most}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
