'use client';

import { Price } from '@/components/items/price.tsx';
import type { Outfit } from '@/lib/api/outfit-shapes.ts';
import { NO_TOTAL } from '@/lib/outfit-words.ts';
import styles from './total.module.css';

/** What an outfit costs, or why that is not known. */
export function Total({ outfit: { total, noTotal } }: { outfit: Pick<Outfit, 'total' | 'noTotal'> }) {
  if (total) {
    return (
      <p className={styles.total}>
        <span className="visually-hidden">Total: </span>
        <Price price={total} formerPrice={null} />
      </p>
    );
  }
  return noTotal && <p className={styles.none}>{NO_TOTAL[noTotal]}</p>;
}
