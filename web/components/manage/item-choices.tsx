'use client';

import { useId, useState } from 'react';
import { ItemPicture } from '@/components/items/item-picture.tsx';
import { Field } from '@/components/ui/field.tsx';
import { loadItems } from '@/lib/api/items.ts';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { explain } from '@/lib/explain.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useSettled } from '@/lib/hooks/use-settled.ts';
import styles from './item-picker.module.css';

interface ItemChoicesProps {
  label: string;
  hint?: string;
  /** Ids of the items that are chosen already. */
  chosen: readonly string[];
  /** How many pictures are shown, at most 24. */
  shown?: number;
  /** Whether the pictures of chosen items show their place among them. */
  numbered?: boolean;
  onChoose(item: ItemCard): void;
}

/** The shop's items as pictures to press; words in the title narrow them. */
export function ItemChoices({
  label,
  hint = 'Words of its title, then choose its picture',
  chosen,
  shown = 12,
  numbered = false,
  onChoose,
}: ItemChoicesProps) {
  const [text, setText] = useState('');
  const words = useSettled(text.trim());
  const list = useId();
  const { value, error } = useLoaded(`choice ${words}`, (signal) =>
    loadItems({ filter: words ? { words } : {}, after: null, signal }),
  );
  const items = value?.entries.filter(({ failed }) => !failed).slice(0, shown);
  return (
    <div className={styles.choice}>
      <Field label={label} hint={hint}>
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
        {error && <p className={styles.soft}>{explain(error).advice}</p>}
        {items?.length === 0 && <p className={styles.soft}>No item has these words in its title.</p>}
        {items && items.length > 0 && (
          <ul className={styles.grid} aria-label={`${label}: choices`}>
            {items.map((item) => (
              <li key={item.id}>
                <button
                  type="button"
                  className={styles.tile}
                  aria-pressed={chosen.includes(item.id)}
                  title={item.title}
                  onClick={() => onChoose(item)}
                >
                  <ItemPicture item={item} className={styles.picture}>
                    {numbered && chosen.includes(item.id) && (
                      <span className={styles.number} aria-hidden="true">
                        {chosen.indexOf(item.id) + 1}
                      </span>
                    )}
                  </ItemPicture>
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
