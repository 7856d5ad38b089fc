'use client';

import { type ChangeEvent, useId, useState } from 'react';
import { useShop } from '@/components/layout/shop-provider.tsx';
import { Button } from '@/components/ui/button.tsx';
import type { Category } from '@/lib/api/shapes.ts';
import { CATEGORIES, CATEGORY_NAMES } from '@/lib/categories.ts';
import { type FilterState, isFiltering, NO_FILTER } from '@/lib/use-filter.ts';
import styles from './filters.module.css';
import { PriceField } from './price-field.tsx';

interface FiltersProps {
  state: FilterState;
  onChange(change: Partial<FilterState>): void;
}

export function Filters({ state, onChange }: FiltersProps) {
  const shop = useShop();
  const [open, setOpen] = useState(false);
  const fields = useId();
  const sold = new Set(shop?.categories.map(({ category }) => category) ?? CATEGORIES);
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
        <label className={styles.field}>
          Category
          <select
            value={state.category ?? ''}
            onChange={({ target }) => onChange({ category: (target.value || null) as Category | null })}
          >
            <option value="">All</option>
            {CATEGORIES.filter((category) => sold.has(category) || category === state.category).map(
              (category) => (
                <option key={category} value={category}>
                  {CATEGORY_NAMES[category]}
                </option>
              ),
            )}
          </select>
        </label>
        <label className={styles.field}>
          Colour
          <select
            value={state.color ?? ''}
            onChange={({ target }: ChangeEvent<HTMLSelectElement>) =>
              onChange({ color: target.value || null })
            }
          >
            <option value="">All</option>
            {(shop?.colors ?? (state.color ? [state.color] : [])).map((color) => (
              <option key={color}>{color}</option>
            ))}
          </select>
        </label>
        <PriceField
          label="Price from"
          value={state.minPrice}
          onChange={(minPrice) => onChange({ minPrice })}
        />
        <PriceField label="Price to" value={state.maxPrice} onChange={(maxPrice) => onChange({ maxPrice })} />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={state.inStock}
            onChange={({ target }) => onChange({ inStock: target.checked })}
          />
          In stock only
        </label>
        {filtering && (
          <Button kind="quiet" onClick={() => onChange(NO_FILTER)}>
            Clear
          </Button>
        )}
      </fieldset>
    </div>
  );
}
