'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Check } from '@/components/ui/check.tsx';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { loadStockFile, type StaffFilter, type StockItem } from '@/lib/api/stock.ts';
import { explain } from '@/lib/explain.ts';
import { formatNumber } from '@/lib/format.ts';
import type { Selection } from './selection.ts';
import styles from './stock.module.css';
import { StockTable } from './stock-table.tsx';

interface StockListProps {
  items: StockItem[];
  filter: StaffFilter;
  selection: Selection;
  /** How many match; null if there are more than are counted. */
  total: number | null;
  hasMore: boolean;
  busy: boolean;
  onSelect(selection: Selection): void;
}

/** The loaded items, and what is selected of them. */
export function StockList({ items, filter, selection, total, hasMore, busy, onSelect }: StockListProps) {
  const { ids, isAll } = selection;
  const shown = items.map(({ id }) => id);
  const isWhole = shown.every((id) => isAll || ids.has(id));
  const select = (next: Iterable<string>) => onSelect({ ids: new Set(next), isAll: false });
  return (
    <>
      <div className={styles.head}>
        <Check
          checked={isWhole}
          ref={(box) => {
            if (box) box.indeterminate = !isWhole && ids.size > 0;
          }}
          onChange={() => select(isWhole ? [] : shown)}
        >
          Select all {shown.length} shown
        </Check>
        {isWhole && hasMore && !isAll && (
          <Button kind="quiet" onClick={() => onSelect({ ids, isAll: true })}>
            {total === null ? 'Select all that match' : `Select all ${formatNumber(total)} that match`}
          </Button>
        )}
        <Export filter={filter} />
      </div>
      <StockTable items={items} selection={selection} busy={busy} onSelect={select} />
    </>
  );
}

/** The link is asked for on click, because it expires after a quarter of an hour. */
function Export({ filter }: { filter: StaffFilter }) {
  const [error, setError] = useState<string | null>(null);
  const start = () => {
    setError(null);
    loadStockFile(filter).then(
      (address) => window.location.assign(address),
      (cause) => setError(explain(toApiError(cause)).advice),
    );
  };
  return (
    <div className={styles.export}>
      <FormError>{error}</FormError>
      <Button onClick={start}>Download as CSV</Button>
    </div>
  );
}
