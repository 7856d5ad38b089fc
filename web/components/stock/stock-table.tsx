'use client';

import Link from 'next/link';
import { useRef } from 'react';
import { ItemPicture } from '@/components/items/item-picture.tsx';
import { Price } from '@/components/items/price.tsx';
import table from '@/components/ui/table.module.css';
import type { StockItem } from '@/lib/api/stock.ts';
import { CATEGORY_NAMES } from '@/lib/categories.ts';
import { AVAILABILITY_NAMES, formatShare, formatTime } from '@/lib/format.ts';
import { stockItemPath } from '@/lib/path-id.ts';
import { type Selection, toggled } from './selection.ts';
import { StateBadge } from './state-badge.tsx';
import styles from './stock.module.css';

interface StockTableProps {
  items: StockItem[];
  selection: Selection;
  busy: boolean;
  onSelect(ids: Iterable<string>): void;
}

export function StockTable({ items, selection, busy, onSelect }: StockTableProps) {
  // By its id: its place in the list changes with the list.
  const last = useRef('');
  const shown = items.map(({ id }) => id);
  const press = (at: number, isExtended: boolean) => {
    const from = shown.indexOf(last.current);
    onSelect(toggled(shown, selection, { at, from: from < 0 ? null : from, extends: isExtended }));
    last.current = shown[at] ?? '';
  };
  return (
    <table className={`${table.table} ${styles.table}`} aria-busy={busy}>
      <caption className="visually-hidden">Items</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">Select</span>
          </th>
          <th scope="col">Item</th>
          <th scope="col">Category</th>
          <th scope="col">State</th>
          <th scope="col">Price</th>
          <th scope="col">Changed</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item, at) => (
          <StockRow
            key={item.id}
            item={item}
            isSelected={selection.isAll || selection.ids.has(item.id)}
            onPress={(isExtended) => press(at, isExtended)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface StockRowProps {
  item: StockItem;
  isSelected: boolean;
  onPress(isExtended: boolean): void;
}

function StockRow({ item, isSelected, onPress }: StockRowProps) {
  // A change of the box does not tell whether Shift was held; the click before it does.
  const shift = useRef(false);
  return (
    <tr data-selected={isSelected ? '' : undefined}>
      <td className={styles.box}>
        <label>
          <input
            type="checkbox"
            aria-label={`Select ${item.title}, ${item.id}`}
            checked={isSelected}
            onClick={({ shiftKey }) => {
              shift.current = shiftKey;
            }}
            onChange={() => onPress(shift.current)}
          />
        </label>
      </td>
      <td className={styles.item}>
        <Link href={stockItemPath(item.id)}>
          <ItemPicture item={item} className={styles.picture} />
          <span className={styles.words}>
            <span>{item.title}</span>
            <small>{[item.id, item.brand].filter(Boolean).join(' · ')}</small>
          </span>
        </Link>
      </td>
      <td data-name="Category">
        <span className={styles.cell}>
          {item.category ? CATEGORY_NAMES[item.category] : <span className={styles.soft}>None</span>}
          <Sureness item={item} />
        </span>
      </td>
      <td data-name="State">
        <span className={styles.cell}>
          <StateBadge item={item} />
          {item.failure && <small className={styles.reason}>{item.failure}</small>}
        </span>
      </td>
      <td data-name="Price">
        <span className={styles.cell}>
          <Price price={item.price} formerPrice={item.formerPrice} />
          {item.availability !== 'IN_STOCK' && (
            <small className={styles.soft}>{AVAILABILITY_NAMES[item.availability]}</small>
          )}
        </span>
      </td>
      <td data-name="Changed" className={styles.time}>
        {formatTime(item.updatedAt)}
      </td>
    </tr>
  );
}

function Sureness({ item: { confidence, byHand, whole } }: { item: StockItem }) {
  if (byHand) return <small className={styles.soft}>set by hand</small>;
  if (whole) return <small className={styles.doubt}>whole picture</small>;
  if (confidence === null) return null;
  return (
    <small className={confidence < SURE ? styles.doubt : styles.soft}>{formatShare(confidence)} sure</small>
  );
}

/** As the server's filter of low confidence has it. */
const SURE = 0.75;
