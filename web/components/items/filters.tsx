'use client';

import { type ReactNode, useState } from 'react';
import { type FilterState, isFiltering, NO_FILTER } from '@/lib/filter.ts';
import type { FilterOptions } from '@/lib/filter-options.ts';
import type { SetFilter } from '@/lib/hooks/use-filter.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { ChosenFilters } from './chosen-filters.tsx';
import { FilterFields } from './filter-fields.tsx';
import { FilterSheet } from './filter-sheet.tsx';
import styles from './filters.module.css';

interface FiltersProps {
  state: FilterState;
  options: FilterOptions;
  onChange: SetFilter;
  /** Filters that make no sense here. */
  without?: readonly (keyof FilterState)[];
  /** `12 items`: what the filters leave. Null if unknown. */
  left?: string | null;
  /** At the end of the row; on a telephone, after the button that opens the sheet. */
  sort?: ReactNode;
  /** Further chips. */
  children?: ReactNode;
}

const NONE: readonly (keyof FilterState)[] = [];

/** One row of chips: the filters, or on a telephone a sheet with them, then what is chosen. */
export function Filters(props: FiltersProps) {
  const { state, options, onChange, without = NONE, left = null, sort, children } = props;
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const filtering = isFiltering(state);
  const fields = { state, options, onChange, without };
  return (
    <div className={styles.filters}>
      <div className={styles.row}>
        <button
          type="button"
          className={`${styles.chip} ${styles.toggle}`}
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
        >
          {t('filters.title')}
        </button>
        <fieldset className={styles.fields}>
          <legend className="visually-hidden">{t('filters.title')}</legend>
          <FilterFields {...fields} />
        </fieldset>
        <ChosenFilters state={state} options={options} onChange={onChange}>
          {children}
        </ChosenFilters>
        {filtering && (
          <button type="button" className={styles.clear} onClick={() => onChange(NO_FILTER)}>
            {t('action.clear')}
          </button>
        )}
      </div>
      {sort && <div className={styles.sort}>{sort}</div>}
      {open && (
        <FilterSheet
          left={left}
          filtering={filtering}
          onClear={() => onChange(NO_FILTER)}
          onClose={() => setOpen(false)}
        >
          <FilterFields {...fields} />
        </FilterSheet>
      )}
    </div>
  );
}
