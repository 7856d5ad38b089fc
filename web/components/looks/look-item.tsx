'use client';

import { useSortable } from '@dnd-kit/react/sortable';
import { ItemPicture } from '@/components/items/item-picture.tsx';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { AVAILABILITY_NAMES } from '@/lib/format.ts';
import styles from './looks.module.css';

interface LookItemProps {
  item: ItemCard;
  index: number;
  last: boolean;
  onMove(by: 1 | -1): void;
  onTake(): void;
}

/** An item of a look, with what moves it and takes it out. */
export function LookItem({ item, index, last, onMove, onTake }: LookItemProps) {
  const { ref, handleRef, isDragSource } = useSortable({ id: item.id, index });
  return (
    <li ref={ref} className={styles.entry} data-dragged={isDragSource ? '' : undefined}>
      <span ref={handleRef} className={styles.handle} aria-hidden="true">
        ⠿
      </span>
      <ItemPicture item={item} className={styles.thumb} />
      <div className={styles.entryWords}>
        <p>{item.title}</p>
        <p className={styles.soft}>{[item.brand, stateOf(item)].filter(Boolean).join(' · ')}</p>
      </div>
      <div className={styles.entryActions}>
        <Press label={`Move ${item.title} up`} off={index === 0} onPress={() => onMove(-1)}>
          ↑
        </Press>
        <Press label={`Move ${item.title} down`} off={last} onPress={() => onMove(1)}>
          ↓
        </Press>
        <button
          type="button"
          className={styles.press}
          data-take=""
          aria-label={`Take ${item.title} out`}
          onClick={onTake}
        >
          ×
        </button>
      </div>
    </li>
  );
}

function stateOf({ pending, failed, unmatched, availability }: ItemCard): string {
  if (pending) return 'Being read';
  if (failed) return 'Could not be read';
  return unmatched ? 'Not matched' : AVAILABILITY_NAMES[availability];
}

interface PressProps {
  label: string;
  /** Off, but not disabled: a button that has moved its item to the end keeps the focus. */
  off: boolean;
  children: string;
  onPress(): void;
}

function Press({ label, off, children, onPress }: PressProps) {
  return (
    <button
      type="button"
      className={styles.press}
      aria-label={label}
      aria-disabled={off}
      onClick={() => !off && onPress()}
    >
      {children}
    </button>
  );
}
