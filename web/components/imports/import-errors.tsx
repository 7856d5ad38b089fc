'use client';

import { useCallback, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import table from '@/components/ui/table.module.css';
import { toApiError } from '@/lib/api/errors.ts';
import { type ImportError, loadErrorsAddress, loadImportErrors } from '@/lib/api/imports.ts';
import { explain } from '@/lib/explain.ts';
import { count } from '@/lib/format.ts';
import { type LoadPage, usePages } from '@/lib/hooks/use-pages.ts';
import styles from './imports.module.css';

/** The rows that were not imported, and why; nothing if all were. */
export function ImportErrors({ id, count: broken }: { id: string; count: number }) {
  const load: LoadPage<ImportError> = useCallback(
    (after, signal) => loadImportErrors(id, after, signal),
    [id],
  );
  const { entries, error, hasMore, loading, loadMore, reload } = usePages(`import errors ${id}`, load);
  useEffect(() => {
    if (broken > 0) reload();
  }, [broken, reload]);

  if (broken === 0) return null;
  if (error && !entries) return <Failure error={error} onRetry={reload} />;
  if (!entries || entries.length === 0) return null;
  return (
    <section className={styles.errors} aria-labelledby="errors">
      <div className={styles.errorsHead}>
        <h2 id="errors">{count(broken, 'row')} left out</h2>
        <Download id={id} />
      </div>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">Item</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ row, itemId, code, reason }) => (
            <tr key={`${row} ${itemId} ${code}`}>
              <td data-name="Row">{row}</td>
              <td data-name="Item">{itemId}</td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <LoadMore pages={{ hasMore, loading, loadMore }} />
    </section>
  );
}

/** The link is requested on click, because it expires after a quarter of an hour. */
function Download({ id }: { id: string }) {
  const [error, setError] = useState<string | null>(null);
  const start = () => {
    setError(null);
    loadErrorsAddress(id).then(
      (address) => address && window.location.assign(address),
      (cause) => setError(explain(toApiError(cause)).title),
    );
  };
  return (
    <div className={styles.actions}>
      {error && <p role="alert">{error}</p>}
      <Button onClick={start}>Download the list</Button>
    </div>
  );
}
