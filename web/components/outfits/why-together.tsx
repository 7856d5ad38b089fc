'use client';

import type { Outfit, Slot } from '@/lib/api/outfit-shapes.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { pairInWords, pairSlots, whyTogether } from '@/lib/outfit-words.ts';
import styles from './outfit-builder.module.css';

/** Why the pieces go together: in a line, and pair by pair on demand. */
export function WhyTogether({ outfit, slots }: { outfit: Outfit; slots: Slot[] | undefined }) {
  const words = useWords();
  const { pairs } = outfit;
  const reason = whyTogether(words, outfit);
  if (pairs.length < 2) return <p className={styles.reason}>{reason}</p>;
  return (
    <details className={styles.why}>
      <summary>{reason}</summary>
      <ul>
        {pairs.map((pair) => (
          <li key={pair.slots.join(' ')}>
            <span>{pairSlots(words, pair, slots)}:</span> {pairInWords(words, outfit, pair)}
          </li>
        ))}
      </ul>
    </details>
  );
}
