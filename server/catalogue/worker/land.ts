import { isRefusal } from '../../errors/outage.ts';
import type { ReadRow } from '../feed/read.ts';
import type { FeedTask } from '../queue/tasks.ts';
import { type Landed, type LandingDeps, landBatch } from './land-batch.ts';

/**
 * Lands a batch like `landBatch`. If the database refuses it, halves it until the refused rows are found: those are
 * rejected and all others land, so that no row can stop a feed.
 */
export async function landRows(
  deps: LandingDeps,
  feed: FeedTask,
  batch: readonly ReadRow[],
): Promise<Landed | 'ended' | 'superseded'> {
  try {
    return await landBatch(deps, feed, batch);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (batch.length === 1) return rejectRow(deps, feed, batch[0]!, error);
    const middle = Math.ceil(batch.length / 2);
    const first = await landRows(deps, feed, batch.slice(0, middle));
    if (typeof first === 'string') return first;
    const second = await landRows(deps, feed, batch.slice(middle));
    if (typeof second === 'string') return second;
    return addUp(first, second);
  }
}

/** Rejects the row that the database has refused. Throws the error if the row was rejected before. */
function rejectRow(
  deps: LandingDeps,
  feed: FeedTask,
  read: ReadRow,
  error: unknown,
): Promise<Landed | 'ended' | 'superseded'> {
  if (!('row' in read)) throw error;
  const { number, row } = read;
  const reference = deps.log.error(`Row ${number} of import ${feed.jobId} was refused.`, error);
  const reason = `The database cannot keep this row (${reference}).`;
  return landBatch(deps, feed, [
    { number, rejected: { row: number, itemId: row.id, code: 'INVALID_ROW', reason } },
  ]);
}

function addUp(first: Landed, second: Landed): Landed {
  return {
    tasks: [...first.tasks, ...second.tasks],
    rejected: first.rejected + second.rejected,
    unchanged: first.unchanged + second.unchanged,
  };
}
