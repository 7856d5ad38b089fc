import { type FeedTask, storedItemTask } from '../queue/tasks.ts';
import { listPendingIds } from './send-pending.sql.ts';
import { Interrupted, type ReadingLimits, type WorkServices } from './work.ts';

const PAGE = 500;

/**
 * Sends the tasks of all stored items that the job waits for: a kill may have come before they were sent. Throws
 * Interrupted when the server stops.
 */
export async function sendPending(
  { db, queue }: Pick<WorkServices, 'db' | 'queue'>,
  task: FeedTask,
  kind: Parameters<typeof storedItemTask>[3],
  { isStopped }: Pick<ReadingLimits, 'isStopped'>,
): Promise<void> {
  const { shopId, jobId } = task;
  for (let after = ''; ; ) {
    if (isStopped()) throw new Interrupted();
    const ids = await db.inShop(shopId, (tx) => listPendingIds(tx, { shopId, jobId, after, limit: PAGE }));
    await queue.items.send(ids.map((id, i) => storedItemTask(task, id, i + 1, kind)));
    if (ids.length < PAGE) return;
    after = ids.at(-1)!;
  }
}
