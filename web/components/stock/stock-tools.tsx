'use client';

import { useEffect, useRef, useState } from 'react';
import { Chip } from '@/components/items/chip.tsx';
import { ChoiceMenu } from '@/components/items/choice-menu.tsx';
import form from '@/components/ui/form.module.css';
import { loadImport } from '@/lib/api/imports.ts';
import type { Category } from '@/lib/api/shapes.ts';
import type { StaffOrder } from '@/lib/api/stock.ts';
import { CATEGORIES, CATEGORY_NAMES } from '@/lib/categories.ts';
import { withValue } from '@/lib/filter.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useSettled } from '@/lib/hooks/use-settled.ts';
import { ORDERS, SHOWN, type Shown, type StockChange, type StockState } from '@/lib/stock.ts';
import styles from './stock.module.css';

interface StockToolsProps {
  state: StockState;
  /** `isTyped`: a letter of a text, which is no step to go back to. */
  onChange(part: StockChange, isTyped?: boolean): void;
}

const CHOICES = CATEGORIES.map((value) => ({ value, label: CATEGORY_NAMES[value], count: null }));

function withCategory({ categories }: StockState, category: Category, isOn: boolean) {
  return { categories: withValue(categories, category, isOn) as Category[] };
}

/** Search, filters and order of the list, and what is chosen as chips. */
export function StockTools({ state, onChange }: StockToolsProps) {
  const { shown, categories, importId, order } = state;
  return (
    <search className={styles.tools}>
      <TextField text={state.text} onChange={(text) => onChange({ text }, true)} />
      <div className={styles.choices}>
        <select
          className={form.control}
          aria-label="Show"
          value={shown}
          onChange={({ target }) => onChange({ shown: target.value as Shown })}
        >
          {SHOWN.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <select
          className={form.control}
          aria-label="Order"
          value={order}
          onChange={({ target }) => onChange({ order: target.value as StaffOrder })}
        >
          {ORDERS.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <ChoiceMenu
          label="Category"
          choices={CHOICES}
          chosen={categories}
          onToggle={(value, isOn) => onChange((now) => withCategory(now, value as Category, isOn))}
        />
      </div>
      {(categories.length > 0 || importId !== null) && (
        <ul className={styles.chips} aria-label="Chosen filters">
          {importId !== null && <ImportChip id={importId} onRemove={() => onChange({ importId: null })} />}
          {categories.map((category) => (
            <Chip
              key={category}
              label={`Remove the filter ${CATEGORY_NAMES[category]}`}
              onRemove={() => onChange((now) => withCategory(now, category, false))}
            >
              {CATEGORY_NAMES[category]}
            </Chip>
          ))}
        </ul>
      )}
    </search>
  );
}

/** Searches once the typing pauses. */
function TextField({ text, onChange }: { text: string; onChange(text: string): void }) {
  const [typed, setTyped] = useState(text);
  const settled = useSettled(typed);
  const asked = useRef(text);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed is written, not what the address brings.
  useEffect(() => {
    if (settled.trim() === asked.current) return;
    asked.current = settled.trim();
    onChange(settled);
  }, [settled]);
  // The browser's back button brings another text.
  useEffect(() => {
    if (text === asked.current) return;
    asked.current = text;
    setTyped(text);
  }, [text]);
  return (
    <input
      className={`${form.control} ${styles.text}`}
      type="search"
      aria-label="Id, title or brand"
      placeholder="Id, title or brand"
      autoComplete="off"
      maxLength={200}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
    />
  );
}

function ImportChip({ id, onRemove }: { id: string; onRemove(): void }) {
  const { value } = useLoaded(`name of import ${id}`, (signal) => loadImport(id, signal));
  const name = value ? `From ${value.name}` : 'From one import';
  return (
    <Chip label={`Remove the filter ${name}`} onRemove={onRemove}>
      {name}
    </Chip>
  );
}
