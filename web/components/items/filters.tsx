'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { FILTER_FIELDS } from '@/lib/api/generated/filter-fields.ts';
import { type FilterState, isFiltering, NO_FILTER } from '@/lib/filter.ts';
import type { FilterOptions } from '@/lib/filter-options.ts';
import type { SetFilter } from '@/lib/hooks/use-filter.ts';
import { ChoiceMenu } from './choice-menu.tsx';
import styles from './filters.module.css';
import { PriceField } from './price-field.tsx';
import { WordsField } from './words-field.tsx';

interface FiltersProps {
  state: FilterState;
  options: FilterOptions;
  onChange: SetFilter;
  /** Filters that make no sense here. */
  without?: readonly (keyof FilterState)[];
}

const NONE: readonly (keyof FilterState)[] = [];

/** The filters. Values within a filter are alternatives, and an item must match every filter. */
export function Filters({ state, options, onChange, without = NONE }: FiltersProps) {
  const attributes = new Map(Object.entries(state.attributes));
  const [open, setOpen] = useState(false);
  const fields = useId();
  const filtering = isFiltering(state);
  return (
    <div className={styles.filters} data-open={open ? '' : undefined}>
      <div className={styles.toggle}>
        <Button aria-expanded={open} aria-controls={fields} onClick={() => setOpen(!open)}>
          Filters{filtering ? ' (on)' : ''}
        </Button>
      </div>
      <fieldset id={fields} className={styles.fields}>
        <legend className="visually-hidden">Filters</legend>
        {FILTER_FIELDS.filter(({ name }) => !without.includes(name)).map(({ name, label }) => (
          <ChoiceMenu
            key={name}
            label={label}
            choices={options.fields[name]}
            chosen={state[name]}
            onChange={(values) => onChange({ [name]: values })}
          />
        ))}
        {options.attributes.map(({ name, choices }) => (
          <ChoiceMenu
            key={name}
            label={inWords(name)}
            choices={choices}
            chosen={attributes.get(name) ?? []}
            onChange={(values) => onChange({ attributes: { ...state.attributes, [name]: values } })}
          />
        ))}
        {!without.includes('words') && (
          <WordsField value={state.words} onChange={(words) => onChange({ words })} />
        )}
        {!without.includes('minPrice') && (
          <PriceField
            label="Price from"
            value={state.minPrice}
            onChange={(minPrice) => onChange({ minPrice })}
          />
        )}
        {!without.includes('maxPrice') && (
          <PriceField
            label="Price to"
            value={state.maxPrice}
            onChange={(maxPrice) => onChange({ maxPrice })}
          />
        )}
        {!without.includes('inStock') && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={state.inStock}
              onChange={({ target }) => onChange({ inStock: target.checked })}
            />
            In stock only
          </label>
        )}
        {filtering && (
          <Button kind="quiet" onClick={() => onChange(NO_FILTER)}>
            Clear
          </Button>
        )}
      </fieldset>
    </div>
  );
}

/** `sleeve_length` → `Sleeve length`. */
function inWords(name: string): string {
  const words = name.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
