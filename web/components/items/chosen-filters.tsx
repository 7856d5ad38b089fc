'use client';

import { Children, type ReactNode } from 'react';
import { FILTER_FIELDS } from '@/lib/api/generated/filter-fields.ts';
import type { FilterState } from '@/lib/filter.ts';
import type { FilterOptions } from '@/lib/filter-options.ts';
import type { SetFilter } from '@/lib/hooks/use-filter.ts';
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
  const chips = chosenValues(state, options);
  if (chips.length === 0 && Children.toArray(children).length === 0) return null;
  return (
    <ul className={styles.chosen} aria-label="Chosen filters">
      {chips.map(({ label, without }) => (
        <Chip key={label} label={`Remove the filter ${label}`} onRemove={() => onChange(without)}>
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
  without: Partial<FilterState>;
}

function chosenValues(state: FilterState, options: FilterOptions): ChosenValue[] {
  const fields = FILTER_FIELDS.flatMap(({ name }) =>
    state[name].map((value) => ({
      label: options.fields[name].find((choice) => choice.value === value)?.label ?? value,
      without: { [name]: state[name].filter((other) => other !== value) },
    })),
  );
  const attributes = Object.entries(state.attributes).flatMap(([name, values]) =>
    values.map((value) => ({
      label: value,
      without: {
        attributes: { ...state.attributes, [name]: values.filter((other) => other !== value) },
      },
    })),
  );
  const { minPrice, maxPrice, inStock, words } = state;
  return [
    ...fields,
    ...attributes,
    ...(minPrice !== null ? [{ label: `From ${minPrice}`, without: { minPrice: null } }] : []),
    ...(maxPrice !== null ? [{ label: `Up to ${maxPrice}`, without: { maxPrice: null } }] : []),
    ...(inStock ? [{ label: 'In stock', without: { inStock: false } }] : []),
    ...(words.trim() ? [{ label: `“${words.trim()}”`, without: { words: '' } }] : []),
  ];
}
