import { cancelSomeItems } from '../imports/import-job.sql.ts';
import type { JobTask } from '../queue/tasks.ts';
import { Interrupted, type WorkServices } from './work.ts';

/** Items cancelled by one transaction: on the embedded database everyone else waits for it. */
const STEP = 100;

/**
 * Cancels the pending items of a cancelled import in steps, and removes their tasks from the queue. Throws Interrupted
 * when the server stops.
 */
export async function sweepCancelled(
  { db, queue, ends }: WorkServices,
  task: JobTask,
  isStopped: () => boolean,
): Promise<void> {
  const { shopId, jobId } = task;
  for (;;) {
    if (isStopped()) throw new Interrupted();
    const ids = await db.inShop(shopId, (tx) => cancelSomeItems(tx, { shopId, jobId, limit: STEP }));
    if (ids.length === 0) break;
    await queue.items.withdraw(ids.map((itemId) => ({ ...task, itemId })));
  }
  await ends.now(task);
}
