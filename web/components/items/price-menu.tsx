'use client';

import { useRef } from 'react';
import type { FilterState } from '@/lib/filter.ts';
import { closeOnEscape, useCloseOutside } from '@/lib/hooks/use-close-outside.ts';
import type { SetFilter } from '@/lib/hooks/use-filter.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './choice-menu.module.css';
import { PriceField } from './price-field.tsx';

/** The lowest and the highest price, in a panel of its own. */
export function PriceMenu({ state, onChange }: { state: FilterState; onChange: SetFilter }) {
  const { t } = useWords();
  const details = useRef<HTMLDetailsElement>(null);
  useCloseOutside(details);
  return (
    <details ref={details} className={styles.menu} onKeyDown={closeOnEscape}>
      <summary>{t('filters.price')}</summary>
      <fieldset className={`${styles.panel} ${styles.prices}`} tabIndex={-1}>
        <legend className="visually-hidden">{t('filters.price')}</legend>
        <PriceField
          label={t('filters.priceFrom')}
          value={state.minPrice}
          onChange={(minPrice) => onChange({ minPrice })}
        />
        <PriceField
          label={t('filters.priceTo')}
          value={state.maxPrice}
          onChange={(maxPrice) => onChange({ maxPrice })}
        />
      </fieldset>
    </details>
  );
}
