'use client';

import { arrayMove, move } from '@dnd-kit/helpers';
import { DragDropProvider, PointerSensor } from '@dnd-kit/react';
import { useRef, useState } from 'react';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { LookItem } from './look-item.tsx';
import styles from './looks.module.css';

interface LookItemsProps {
  items: ItemCard[];
  onChange(items: ItemCard[]): void;
}

/** The items of a look in their order: moved by their handles or their buttons, and taken out. */
export function LookItems({ items, onChange }: LookItemsProps) {
  const [said, setSaid] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const place = (from: number, to: number) => {
    const item = items[from];
    if (!item || to < 0 || to >= items.length) return;
    onChange(arrayMove(items, from, to));
    setSaid(`${item.title} is now ${to + 1} of ${items.length}.`);
  };
  const take = (index: number) => {
    onChange(items.filter((_, other) => other !== index));
    setSaid(`${items[index]?.title} is taken out.`);
    // The button that was pressed leaves the page: the focus goes to the next item, or the list.
    requestAnimationFrame(() => {
      const rest = list.current?.querySelectorAll<HTMLButtonElement>('[data-take]') ?? [];
      (rest[Math.min(index, rest.length - 1)] ?? list.current)?.focus();
    });
  };
  return (
    <div className={styles.items}>
      <h2 id="items">In this look</h2>
      {items.length === 0 && (
        <p className={styles.none}>Nothing yet. Choose two items or more by their pictures.</p>
      )}
      {/* The buttons do for keyboards and screen readers what the handles do for pointers. */}
      <DragDropProvider
        sensors={[PointerSensor]}
        onDragEnd={(event) => {
          if (event.canceled) return;
          const next = move(items, event);
          const id = event.operation.source?.id;
          const to = next.findIndex((item) => item.id === id);
          place(
            items.findIndex((item) => item.id === id),
            to,
          );
        }}
      >
        <ol ref={list} className={styles.order} aria-labelledby="items" tabIndex={-1}>
          {items.map((item, index) => (
            <LookItem
              key={item.id}
              item={item}
              index={index}
              last={index === items.length - 1}
              onMove={(by) => place(index, index + by)}
              onTake={() => take(index)}
            />
          ))}
        </ol>
      </DragDropProvider>
      <p role="status" className="visually-hidden">
        {said}
      </p>
    </div>
  );
}
