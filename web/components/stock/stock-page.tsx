'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ManageHead } from '@/components/manage/manage-head.tsx';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { pushParameters, replaceParameters } from '@/lib/address.ts';
import { type StockPage as Found, loadStock, type StockItem } from '@/lib/api/stock.ts';
import { count } from '@/lib/format.ts';
import { type Load, usePages } from '@/lib/hooks/use-pages.ts';
import { useReloadPlace } from '@/lib/hooks/use-reload-place.ts';
import {
  ALL_STOCK,
  isNarrowed,
  readStock,
  type StockChange,
  type StockState,
  stockParameters,
  toStaffFilter,
} from '@/lib/stock.ts';
import { BulkBar } from './bulk-bar.tsx';
import { NOTHING, type Selection, without } from './selection.ts';
import styles from './stock.module.css';
import { StockList } from './stock-list.tsx';
import { StockTools } from './stock-tools.tsx';

/** The shop's items as a table to search, filter, change and export. Its address says what it shows. */
export function StockPage() {
  const state = readStock(useSearchParams());
  const question = JSON.stringify({ filter: toStaffFilter(state), order: state.order });
  const load: Load<Found> = (after, signal) => loadStock(JSON.parse(question), after, signal);
  const pages = usePages(`stock ${question}`, load);
  const { entries, error, loading, reload } = pages;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter's items may be older than the last change.
  useEffect(reload, [question, reload]);
  useReloadPlace(pages);
  const filter = toStaffFilter(state);
  // Of this list alone: what another filter hides must not be changed unseen.
  const [selected, setSelected] = useState({ question, selection: NOTHING });
  const selection = selected.question === question ? selected.selection : NOTHING;
  const select = (next: Selection) => setSelected({ question, selection: next });
  const client = useQueryClient();
  const change = (part: StockChange, isTyped = false) => {
    const now = readStock(new URLSearchParams(window.location.search));
    const changed = { ...now, ...(typeof part === 'function' ? part(now) : part) };
    (isTyped ? replaceParameters : pushParameters)(stockParameters(changed));
  };
  return (
    <>
      <ManageHead title="Items">
        <p>
          Everything in the catalogue, also what shoppers do not see: find it, look into it, put it right.
        </p>
      </ManageHead>
      <div className={styles.stock}>
        <StockTools state={state} onChange={change} />
        <p role="status" className={styles.count}>
          {entries && pages.last ? countOf(pages.last) : ''}
        </p>
        {entries && mixesCurrencies(entries, state) && (
          <p className={styles.soft}>
            These prices are in several currencies. They are ordered by their numbers alone.
          </p>
        )}
        {error && !entries && <Failure error={error} onRetry={reload} />}
        {!error && !entries && (
          <div role="status" aria-label="Loading the items">
            <Skeleton className={styles.place} />
          </div>
        )}
        {entries?.length === 0 && <NoItems state={state} onClear={() => change(ALL_STOCK)} />}
        {entries && entries.length > 0 && (
          <>
            <StockList
              items={entries}
              filter={filter}
              selection={selection}
              total={pages.total}
              hasMore={pages.hasMore}
              busy={loading}
              onSelect={select}
            />
            {error && <Failure error={error} onRetry={reload} />}
            <LoadMore pages={{ ...pages, error: null }} />
          </>
        )}
        {/* Outside of the list, which may be empty once something was changed. */}
        <BulkBar
          selection={selection}
          named={selection.isAll ? allOf(pages.total) : count(selection.ids.size, 'item')}
          filter={filter}
          onClear={() => select(NOTHING)}
          onDone={(gone) => {
            // Of what is selected by now: more may have been since the change began, and long before it is taken back.
            setSelected((now) => ({
              question: now.question,
              selection: without(now.selection, gone),
            }));
            void client.invalidateQueries();
          }}
        />
      </div>
    </>
  );
}

function mixesCurrencies(items: readonly StockItem[], { order }: StockState): boolean {
  const currencies = new Set(items.flatMap(({ price }) => price?.currency ?? []));
  return (order === 'CHEAPEST' || order === 'DEAREST') && currencies.size > 1;
}

function countOf({ total, counted }: Found): string {
  return total === null ? `More than ${count(counted, 'item')}` : count(total, 'item');
}

function allOf(total: number | null): string {
  return total === null ? 'All items that match' : `All ${count(total, 'item')}`;
}

function NoItems({ state, onClear }: { state: StockState; onClear(): void }) {
  if (isNarrowed(state)) {
    return (
      <Notice
        title={state.shown === 'ALL' ? 'No item is like this' : 'There are none of these'}
        actions={<Button onClick={onClear}>Show all items</Button>}
      >
        <p>
          {state.text.trim() ? 'Words are looked for in titles, brands, and at the beginning of ids.' : ''}
        </p>
      </Notice>
    );
  }
  return (
    <Notice
      title="The catalogue is empty"
      actions={
        <ButtonLink kind="primary" href="/manage/imports">
          Import a feed
        </ButtonLink>
      }
    >
      <p>Items appear here as soon as a feed has been read.</p>
    </Notice>
  );
}
