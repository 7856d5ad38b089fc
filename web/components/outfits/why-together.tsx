import type { Outfit, Slot } from '@/lib/api/outfit-shapes.ts';
import { listed, slotLabel } from '@/lib/outfit-words.ts';
import styles from './outfit-builder.module.css';

/** Why the pieces go together: in a line, and pair by pair on demand. */
export function WhyTogether({
  outfit: { reason, pairs },
  slots,
}: {
  outfit: Outfit;
  slots: Slot[] | undefined;
}) {
  if (pairs.length < 2) return <p className={styles.reason}>{reason}</p>;
  return (
    <details className={styles.why}>
      <summary>{reason}</summary>
      <ul>
        {pairs.map((pair) => (
          <li key={pair.slots.join(' ')}>
            <span>{listed(pair.slots.map((slot) => slotLabel(slot, slots)))}:</span> {pair.summary}
          </li>
        ))}
      </ul>
    </details>
  );
}
