import styles from './progress.module.css';

/** `share` is 0 to 1; null if the remaining work is unknown. */
export function Progress({ share, label }: { share: number | null; label: string }) {
  const percentage = share === null ? undefined : Math.round(share * 100);
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percentage}
      data-endless={share === null ? '' : undefined}
    >
      <div className={styles.bar} style={share === null ? undefined : { width: `${percentage}%` }} />
    </div>
  );
}
