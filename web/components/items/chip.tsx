import styles from './filters.module.css';

interface ChipProps {
  /** What pressing it does, for screen readers. It contains the visible words. */
  label: string;
  children: string;
  onRemove(): void;
}

/** Something chosen that a press removes; in a list. */
export function Chip({ label, children, onRemove }: ChipProps) {
  return (
    <li>
      <button
        type="button"
        className={`${styles.chip} ${styles.words}`}
        data-on=""
        aria-label={label}
        onClick={onRemove}
      >
        {children}
        <span aria-hidden="true">×</span>
      </button>
    </li>
  );
}
