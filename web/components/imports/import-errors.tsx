'use client';

import Link from 'next/link';
import { useCallback, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import table from '@/components/ui/table.module.css';
import { toApiError } from '@/lib/api/errors.ts';
import {
  type ImportError,
  type ImportSeverity,
  loadErrorsAddress,
  loadImportErrors,
} from '@/lib/api/imports.ts';
import { explain } from '@/lib/explain.ts';
import { count } from '@/lib/format.ts';
import { type LoadPage, usePages } from '@/lib/hooks/use-pages.ts';
import { itemPath } from '@/lib/path-id.ts';
import styles from './imports.module.css';

const LISTS = {
  ERROR: {
    id: 'errors',
    title: (listed: number) => `${count(listed, 'row')} left out`,
    about: null,
  },
  WARNING: {
    id: 'warnings',
    title: (listed: number) => count(listed, 'warning'),
    about: 'These items were imported. Only what is named here was left out, or understood differently.',
  },
};

interface ListedErrors {
  readonly id: string;
  readonly severity: ImportSeverity;
  /** How many there are. */
  readonly count: number;
  /** Whether the list of everything can be downloaded here. */
  readonly downloads: boolean;
}

/** The rows that were not imported, or the values that were left out of rows, and why; nothing if there are none. */
export function ImportErrors({ id, severity, count: listed, downloads }: ListedErrors) {
  const load: LoadPage<ImportError> = useCallback(
    (after, signal) => loadImportErrors(id, severity, after, signal),
    [id, severity],
  );
  const { entries, error, hasMore, loading, loadMore, reload } = usePages(
    `rows of import ${severity} ${id}`,
    load,
  );
  useEffect(() => {
    if (listed > 0) reload();
  }, [listed, reload]);

  if (listed === 0) return null;
  if (error && !entries) return <Failure error={error} onRetry={reload} />;
  if (!entries || entries.length === 0) return null;
  const list = LISTS[severity];
  return (
    <section className={styles.errors} aria-labelledby={list.id}>
      <div className={styles.errorsHead}>
        <h2 id={list.id}>{list.title(listed)}</h2>
        {downloads && <Download id={id} />}
      </div>
      {list.about && <p className={styles.soft}>{list.about}</p>}
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">Item</th>
            <th scope="col">Column</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row key={`${entry.row} ${entry.column} ${entry.reason}`} entry={entry} severity={severity} />
          ))}
        </tbody>
      </table>
      <LoadMore pages={{ hasMore, loading, error, loadMore }} />
    </section>
  );
}

function Row({ entry, severity }: { entry: ImportError; severity: ImportSeverity }) {
  const { row, itemId, column, reason } = entry;
  return (
    <tr>
      <td data-name="Row">{row}</td>
      <td data-name="Item">
        {itemId && severity === 'WARNING' ? <Link href={itemPath(itemId)}>{itemId}</Link> : itemId}
      </td>
      <td data-name="Column">{column}</td>
      <td>{reason}</td>
    </tr>
  );
}

/** The link is requested on click, because it expires after a quarter of an hour. */
function Download({ id }: { id: string }) {
  const [error, setError] = useState<string | null>(null);
  const start = () => {
    setError(null);
    loadErrorsAddress(id).then(
      (address) => address && window.location.assign(address),
      (cause) => setError(explain(toApiError(cause)).advice),
    );
  };
  return (
    <div className={styles.actions}>
      {error && <p role="alert">{error}</p>}
      <Button onClick={start}>Download the list</Button>
    </div>
  );
}
