'use client';

import type { ItemCard } from '@/lib/api/shapes.ts';
import { sayMoney } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './price.module.css';

export function Price({ price, formerPrice }: Pick<ItemCard, 'price' | 'formerPrice'>) {
  const words = useWords();
  const { t } = words;
  if (!price) return null;
  return (
    <span>
      {formerPrice && <span className="visually-hidden">{t('items.sale')} </span>}
      <span className={styles.price} data-sale={formerPrice ? '' : undefined}>
        {sayMoney(words, price)}
      </span>
      {formerPrice && (
        <s className={styles.former}>
          <span className="visually-hidden">{t('items.former')} </span>
          {sayMoney(words, formerPrice)}
        </s>
      )}
    </span>
  );
}
