'use client';

import { Accessibility, PointerSensor, StyleInjector } from '@dnd-kit/dom';
import { DragDropProvider } from '@dnd-kit/react';
import { isSortable } from '@dnd-kit/react/sortable';
import { useRef, useState } from 'react';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { useOnceShown } from '@/lib/hooks/use-once-shown.ts';
import { scriptNonce } from '@/lib/nonce.ts';
import { LookItem } from './look-item.tsx';
import styles from './looks.module.css';

interface LookItemsProps {
  items: ItemCard[];
  onChange(items: ItemCard[]): void;
}

/** The items of a look in their order: moved by their handles or their buttons, and taken out. */
export function LookItems({ items, onChange }: LookItemsProps) {
  const [said, setSaid] = useState('');
  const onceShown = useOnceShown();
  const list = useRef<HTMLOListElement>(null);
  const place = (from: number, to: number) => {
    const item = items[from];
    if (!item || from === to || to < 0 || to >= items.length) return;
    onChange(items.toSpliced(from, 1).toSpliced(to, 0, item));
    setSaid(`${item.title} is now ${to + 1} of ${items.length}.`);
  };
  const take = (index: number) => {
    onChange(items.filter((_, other) => other !== index));
    setSaid(`${items[index]?.title} is taken out.`);
    // The button that was pressed leaves the page: the focus goes to the next item, or the list.
    onceShown(() => {
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
      {/* The handles are for pointers. Keyboards and screen readers have the buttons, so the handles get no role. */}
      <DragDropProvider
        sensors={[PointerSensor]}
        plugins={(usual) => [
          ...usual.filter((plugin) => plugin !== Accessibility),
          StyleInjector.configure({ nonce: scriptNonce() }),
        ]}
        onDragEnd={({ canceled, operation: { source } }) => {
          if (!canceled && isSortable(source)) place(source.initialIndex, source.index);
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
