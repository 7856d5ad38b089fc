'use client';

import { Children, type ReactNode } from 'react';
import { FILTER_FIELDS } from '@/lib/api/generated/filter-fields.ts';
import { type FilterState, withAttribute, withValue } from '@/lib/filter.ts';
import type { FilterOptions } from '@/lib/filter-options.ts';
import type { FilterChange, SetFilter } from '@/lib/hooks/use-filter.ts';
import { sayNumber } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import type { Words } from '@/lib/i18n/words.ts';
import { Chip } from './chip.tsx';
import styles from './filters.module.css';

interface ChosenFiltersProps {
  state: FilterState;
  options: FilterOptions;
  onChange: SetFilter;
  /** Further chips. */
  children?: ReactNode;
}

/** What is chosen, each value a chip that removes it. */
export function ChosenFilters({ state, options, onChange, children }: ChosenFiltersProps) {
  const words = useWords();
  const { t } = words;
  const chips = chosenValues(words, state, options);
  if (chips.length === 0 && Children.toArray(children).length === 0) return null;
  return (
    <ul className={styles.chosen} aria-label={t('filters.chosen')}>
      {chips.map(({ label, without }) => (
        <Chip key={label} label={t('filters.remove', { name: label })} onRemove={() => onChange(without)}>
          {label}
        </Chip>
      ))}
      {children}
    </ul>
  );
}

interface ChosenValue {
  label: string;
  /** The filter after it is removed. */
  without: FilterChange;
}

function chosenValues(words: Words, state: FilterState, options: FilterOptions): ChosenValue[] {
  const fields = FILTER_FIELDS.flatMap(({ name }) =>
    state[name].map((value) => ({
      label: options.fields[name].find((choice) => choice.value === value)?.label ?? value,
      without: (now: FilterState) => ({ [name]: withValue(now[name], value, false) }),
    })),
  );
  const attributes = Object.entries(state.attributes).flatMap(([name, values]) =>
    values.map((value) => ({
      label: value,
      without: (now: FilterState) => withAttribute(now, name, value, false),
    })),
  );
  const { t } = words;
  const { minPrice, maxPrice, inStock, words: title } = state;
  const amount = (price: number) => sayNumber(words, price);
  return [
    ...fields,
    ...attributes,
    ...(minPrice !== null
      ? [{ label: t('filters.from', { amount: amount(minPrice) }), without: { minPrice: null } }]
      : []),
    ...(maxPrice !== null
      ? [{ label: t('filters.to', { amount: amount(maxPrice) }), without: { maxPrice: null } }]
      : []),
    ...(inStock ? [{ label: t('filters.inStock'), without: { inStock: false } }] : []),
    ...(title.trim()
      ? [{ label: t('understood.quoted', { word: title.trim() }), without: { words: '' } }]
      : []),
  ];
}
