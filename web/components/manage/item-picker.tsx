'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { ItemPicture } from '@/components/items/item-picture.tsx';
import { Field } from '@/components/ui/field.tsx';
import { loadItems } from '@/lib/api/items.ts';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { explain } from '@/lib/explain.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { Chosen } from './chosen.tsx';
import styles from './item-picker.module.css';

interface ItemPickerProps {
  label: string;
  item: ItemCard | null;
  onChange(item: ItemCard | null): void;
}

const SHOWN = 12;
const TYPING_MS = 300;

/** Chooses an item by its picture; words in the title narrow the list. */
export function ItemPicker({ label, item, onChange }: ItemPickerProps) {
  const change = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(item === null);
  if (item && !open) {
    return (
      <Chosen picture={<ItemPicture item={item} />} change={change} onChange={() => setOpen(true)}>
        <div className={styles.words}>
          <p className={styles.label}>{label}</p>
          <p>{item.title}</p>
          <p className={styles.soft}>{[item.brand, item.id].filter(Boolean).join(' · ')}</p>
        </div>
      </Chosen>
    );
  }
  return (
    <Choice
      label={label}
      chosen={item?.id ?? null}
      onChoose={(next) => {
        onChange(next);
        setOpen(false);
        // The chosen element leaves the page, so its replacement takes the focus.
        requestAnimationFrame(() => change.current?.focus());
      }}
    />
  );
}

interface ChoiceProps {
  label: string;
  chosen: string | null;
  onChoose(item: ItemCard): void;
}

function Choice({ label, chosen, onChoose }: ChoiceProps) {
  const [text, setText] = useState('');
  const words = useSettled(text.trim(), TYPING_MS);
  const list = useId();
  const { value, error } = useLoaded(`choice ${words}`, (signal) =>
    loadItems({ filter: words ? { words } : {}, after: null, signal }),
  );
  const items = value?.entries.slice(0, SHOWN);
  return (
    <div className={styles.choice}>
      <Field label={label} hint="Words of its title, then choose its picture">
        {(control) => (
          <input
            {...control}
            type="search"
            autoComplete="off"
            value={text}
            aria-controls={list}
            onChange={({ target }) => setText(target.value)}
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
        )}
      </Field>
      <div id={list} aria-live="polite">
        {error && <p className={styles.soft}>{explain(error).title}</p>}
        {items?.length === 0 && <p className={styles.soft}>No item has these words in its title.</p>}
        {items && items.length > 0 && (
          <ul className={styles.grid} aria-label={`${label}: choices`}>
            {items.map((item) => (
              <li key={item.id}>
                <button
                  type="button"
                  className={styles.tile}
                  aria-pressed={item.id === chosen}
                  title={item.title}
                  onClick={() => onChoose(item)}
                >
                  <ItemPicture item={item} className={styles.picture} />
                  <span className={styles.title}>{item.title}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** The value once it has stayed the same for a while (a debounce), so that not every letter causes a request. */
function useSettled(value: string, wait: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return settled;
}
