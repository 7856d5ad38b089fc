import { isRefusal } from '../../errors/outage.ts';
import type { ReadRow } from '../feed/read.ts';
import type { FeedTask } from '../queue/tasks.ts';
import { type ImportDeps, type ImportedRows, importBatch } from './import-batch.ts';

/**
 * Imports a batch like `importBatch`. If the database refuses it, halves it until the refused rows are found: those are
 * rejected and all others imported, so that no row can stop a feed.
 */
export async function importRows(
  deps: ImportDeps,
  feed: FeedTask,
  batch: readonly ReadRow[],
): Promise<ImportedRows | 'ended' | 'superseded'> {
  try {
    return await importBatch(deps, feed, batch);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (batch.length === 1) return rejectRow(deps, feed, batch[0]!, error);
    const middle = Math.ceil(batch.length / 2);
    const first = await importRows(deps, feed, batch.slice(0, middle));
    if (typeof first === 'string') return first;
    const second = await importRows(deps, feed, batch.slice(middle));
    if (typeof second === 'string') return second;
    return addUp(first, second);
  }
}

/** Rejects the row that the database has refused. Throws the error if the row was rejected before. */
function rejectRow(
  deps: ImportDeps,
  feed: FeedTask,
  read: ReadRow,
  error: unknown,
): Promise<ImportedRows | 'ended' | 'superseded'> {
  if (!('row' in read)) throw error;
  const { number, row } = read;
  const reference = deps.log.error(`Row ${number} of import ${feed.jobId} was refused.`, error);
  const reason = `The database cannot keep this row (${reference}).`;
  return importBatch(deps, feed, [
    { number, rejected: { row: number, itemId: row.id, code: 'INVALID_ROW', reason } },
  ]);
}

function addUp(first: ImportedRows, second: ImportedRows): ImportedRows {
  return {
    tasks: [...first.tasks, ...second.tasks],
    rejected: first.rejected + second.rejected,
    unchanged: first.unchanged + second.unchanged,
  };
}
