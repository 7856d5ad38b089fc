import type { ReactNode } from 'react';
import type { Slot } from '@/lib/api/slots.ts';
import { CATEGORY_NAMES } from '@/lib/categories.ts';
import { count } from '@/lib/format.ts';
import styles from './slots.module.css';

interface SlotRowProps {
  slot: Slot;
  removed?: boolean;
  /** Below the words. */
  below?: ReactNode;
  /** The buttons. */
  children?: ReactNode;
}

/** A slot in the list: its name, what belongs in it, and how many items do. */
export function SlotRow({ slot, removed = false, below, children }: SlotRowProps) {
  const words = slot.isBuiltIn ? slot.categories.map((one) => CATEGORY_NAMES[one]) : slot.productTypes;
  return (
    <li className={styles.row} data-removed={removed ? '' : undefined}>
      <div className={styles.words}>
        <p className={styles.title}>
          <span className={styles.label}>{slot.label}</span>
          <code>{slot.name}</code>
          {!removed && <span className={styles.soft}>{count(slot.itemCount, 'item')}</span>}
        </p>
        <ul className={styles.chips} aria-label={slot.isBuiltIn ? 'Categories' : 'Category words'}>
          {words.map((word) => (
            <li key={word} className={styles.chip}>
              {word}
            </li>
          ))}
        </ul>
        {below}
      </div>
      {children && <div className={styles.actions}>{children}</div>}
    </li>
  );
}
