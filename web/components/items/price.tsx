'use client';

import type { ItemCard } from '@/lib/api/shapes.ts';
import { formatMoney, SERVERS } from '@/lib/format.ts';
import { useHydrated } from '@/lib/hooks/use-hydrated.ts';
import styles from './price.module.css';

export function Price({ price, formerPrice }: Pick<ItemCard, 'price' | 'formerPrice'>) {
  const locale = useHydrated() ? undefined : SERVERS.locale;
  if (!price) return null;
  return (
    <span>
      {formerPrice && <span className="visually-hidden">On sale for </span>}
      <span className={styles.price} data-sale={formerPrice ? '' : undefined}>
        {formatMoney(price, locale)}
      </span>
      {formerPrice && (
        <s className={styles.former}>
          <span className="visually-hidden">instead of </span>
          {formatMoney(formerPrice, locale)}
        </s>
      )}
    </span>
  );
}
