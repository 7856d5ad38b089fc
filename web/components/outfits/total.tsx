'use client';

import { Price } from '@/components/items/price.tsx';
import type { Outfit } from '@/lib/api/outfit-shapes.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './total.module.css';

/** What an outfit costs, or why that is not known. */
export function Total({ outfit: { total, noTotal } }: { outfit: Pick<Outfit, 'total' | 'noTotal'> }) {
  const { t } = useWords();
  if (total) {
    return (
      <p className={styles.total}>
        <span className="visually-hidden">{t('outfits.total')} </span>
        <Price price={total} formerPrice={null} />
      </p>
    );
  }
  return noTotal && <p className={styles.none}>{t(`outfits.noTotal.${noTotal}`)}</p>;
}
