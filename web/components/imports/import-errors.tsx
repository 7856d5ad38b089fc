'use client';

import { useCallback, useEffect } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import table from '@/components/ui/table.module.css';
import { type ImportError, type ImportJob, loadImportErrors } from '@/lib/api/manage.ts';
import { count } from '@/lib/format.ts';
import { type LoadPage, usePages } from '@/lib/use-pages.ts';
import styles from './imports.module.css';

/** The rows that did not land, and why; nothing where all did. */
export function ImportErrors({ job, count: broken }: { job: ImportJob; count: number }) {
  const { id } = job;
  const load: LoadPage<ImportError> = useCallback(
    (after, signal) => loadImportErrors(id, after, signal),
    [id],
  );
  const { entries, error, hasMore, loading, loadMore, reload } = usePages(`import errors ${id}`, load);
  useEffect(() => {
    if (broken > 0) reload();
  }, [broken, reload]);

  if (error && !entries) return <Failure error={error} onRetry={reload} />;
  if (!entries || entries.length === 0) return null;
  return (
    <section className={styles.errors} aria-labelledby="errors">
      <div className={styles.errorsHead}>
        <h2 id="errors">{count(broken, 'row')} left out</h2>
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
      {hasMore && (
        <div>
          <Button onClick={loadMore} disabled={loading}>
            {loading ? 'Loading…' : 'Load more'}
          </Button>
        </div>
      )}
    </section>
  );
}
