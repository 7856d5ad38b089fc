import { cancelSomeItems } from '../imports/import-job.sql.ts';
import type { JobTask } from '../queue/tasks.ts';
import { Interrupted, type WorkServices } from './work.ts';

/** Items taken out of the work by one transaction: on the embedded database everybody waits for it. */
const STEP = 100;

/**
 * Takes what is pending of a cancelled import out of the work, some items at a time, and its tasks out of the queue.
 * Throws Interrupted when the server stops.
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
