import { deleteSomeFailures, lockReading } from '../imports/import-job.sql.ts';
import type { FeedTask } from '../queue/tasks.ts';
import { Interrupted, type ReadingLimits, type WorkServices } from './work.ts';

/** Failures removed by one transaction. */
const CLEARED_AT_ONCE = 500;

/** A new attempt first removes the failures of the last one, in steps. Throws Interrupted when the server stops. */
export async function clearFailures(
  { db }: WorkServices,
  { shopId, jobId, attempt }: FeedTask,
  { isStopped }: Pick<ReadingLimits, 'isStopped'>,
): Promise<void> {
  for (let cleared = -1; cleared !== 0; ) {
    if (isStopped()) throw new Interrupted();
    cleared = await db.inShop(shopId, async (tx) => {
      const reading = await lockReading(tx, jobId);
      if (reading?.attempt !== attempt) return 0;
      return deleteSomeFailures(tx, { shopId, jobId, limit: CLEARED_AT_ONCE });
    });
  }
}
