'use client';

import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Confirm } from '@/components/ui/confirm.tsx';
import form from '@/components/ui/form.module.css';
import { Progress } from '@/components/ui/progress.tsx';
import type { Category } from '@/lib/api/shapes.ts';
import { loadStockIds, MOST_IDS, type StaffFilter } from '@/lib/api/stock.ts';
import { CATEGORIES, CATEGORY_NAMES } from '@/lib/categories.ts';
import { count, formatNumber } from '@/lib/format.ts';
import type { Selection } from './selection.ts';
import styles from './stock.module.css';
import { useBulk } from './use-bulk.ts';

interface BulkBarProps {
  selection: Selection;
  /** What is selected, in words. */
  named: string;
  filter: StaffFilter;
  onClear(): void;
  /** Something was changed; `gone` are the items that are no more. */
  onDone(gone: ReadonlySet<string>): void;
}

/** What can be done with the selected items together, how far it is, and how to take it back. */
export function BulkBar({ selection, named, filter, onClear, onDone }: BulkBarProps) {
  const bulk = useBulk(onDone);
  const [leaving, setLeaving] = useState<string[] | null>(null);
  const { running, outcome } = bulk;
  const isEmpty = !selection.isAll && selection.ids.size === 0;

  const bar = useRef<HTMLElement>(null);
  const isRunning = running !== null;
  // What was pressed goes while it runs: the keyboard's place stays here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs whenever a change begins or ends.
  useEffect(() => {
    if (document.activeElement === document.body) bar.current?.focus({ preventScroll: true });
  }, [isRunning]);

  /** Exactly those that match now, whatever comes to match later. */
  const withIds = async (act: (ids: string[]) => void) => {
    if (!selection.isAll) return act([...selection.ids]);
    const ids = await bulk.gather(() => loadStockIds(filter));
    if (ids === null) return;
    if (ids.length > MOST_IDS) {
      bulk.say(`More than ${formatNumber(MOST_IDS)} items match. Narrow the list first.`);
    } else act(ids);
  };
  if (isEmpty && !running && !outcome) return null;
  return (
    <section ref={bar} tabIndex={-1} className={styles.bulk} aria-label="Selected items">
      {running && (
        <div className={styles.running}>
          <p role="status">
            {running.name}
            {running.of > 0 && ` ${formatNumber(running.done)} of ${formatNumber(running.of)}`}…
          </p>
          <Progress share={running.of > 0 ? running.done / running.of : null} label={running.name} />
          {running.of > 0 && <Button onClick={bulk.stop}>Stop</Button>}
        </div>
      )}
      {!running && outcome && (
        <div className={styles.outcome}>
          <p role={outcome.failed ? 'alert' : 'status'}>
            {outcome.words} {outcome.link && <Link href={outcome.link}>See how far it is</Link>}
          </p>
          {outcome.problems.map(({ reason, items }) => (
            <p key={reason} className={styles.soft}>
              {count(items, 'item')} left as {items === 1 ? 'it was' : 'they were'}: {reason}
            </p>
          ))}
          <div className={styles.acts}>
            {outcome.undo && <Button onClick={outcome.undo}>Undo</Button>}
            <Button kind="quiet" onClick={bulk.dismiss}>
              Close
            </Button>
          </div>
        </div>
      )}
      {!running && !isEmpty && (
        <>
          <p className={styles.selected}>
            {named} selected{' '}
            <Button kind="quiet" onClick={onClear}>
              Clear the selection
            </Button>
          </p>
          <div className={styles.acts}>
            <CategoryChoice onChoose={(category) => withIds((ids) => bulk.categorize(ids, category))} />
            <Button onClick={() => void withIds((ids) => bulk.refresh(ids))}>
              Look at the pictures again
            </Button>
            <Button kind="danger" onClick={() => void withIds(setLeaving)}>
              Delete…
            </Button>
          </div>
        </>
      )}
      {leaving && leaving.length > 0 && (
        <Confirm
          title={`Delete ${count(leaving.length, 'item')}?`}
          action={leaving.length === 1 ? 'Delete the item' : `Delete ${formatNumber(leaving.length)} items`}
          danger
          onConfirm={async () => void bulk.remove(leaving)}
          onClose={() => setLeaving(null)}
        >
          <p>
            They go from the catalogue at once, with their pictures. For an hour, Undo on this page brings
            them back; so does the next import of a feed that names them: take them out of the feed, too.
          </p>
        </Confirm>
      )}
    </section>
  );
}

/** With a button, since arrow keys already change a closed list. */
function CategoryChoice({ onChoose }: { onChoose(category: Category | null): void }) {
  const [chosen, setChosen] = useState<Category | 'FEED' | ''>('');
  return (
    <div className={styles.category}>
      <select
        className={form.control}
        aria-label="Category"
        value={chosen}
        onChange={({ target }) => setChosen(target.value as Category | 'FEED')}
      >
        <option value="" disabled>
          Choose a category
        </option>
        {CATEGORIES.map((category) => (
          <option key={category} value={category}>
            {CATEGORY_NAMES[category]}
          </option>
        ))}
        <option value="FEED">As feed and parser say</option>
      </select>
      <Button disabled={chosen === ''} onClick={() => chosen && onChoose(chosen === 'FEED' ? null : chosen)}>
        Set the category
      </Button>
    </div>
  );
}
