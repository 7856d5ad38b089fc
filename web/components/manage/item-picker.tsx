'use client';

import { useRef, useState } from 'react';
import { ItemPicture } from '@/components/items/item-picture.tsx';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { useOnceShown } from '@/lib/hooks/use-once-shown.ts';
import { Chosen } from './chosen.tsx';
import { ItemChoices } from './item-choices.tsx';
import styles from './item-picker.module.css';

interface ItemPickerProps {
  label: string;
  item: ItemCard | null;
  onChange(item: ItemCard | null): void;
}

/** Chooses an item by its picture; words in the title narrow the list. */
export function ItemPicker({ label, item, onChange }: ItemPickerProps) {
  const onceShown = useOnceShown();
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
    <ItemChoices
      label={label}
      chosen={item ? [item.id] : []}
      onChoose={(next) => {
        onChange(next);
        setOpen(false);
        // The chosen element leaves the page, so its replacement takes the focus.
        onceShown(() => change.current?.focus());
      }}
    />
  );
}
