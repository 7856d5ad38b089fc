import { deleteSomeFailures, lockReading } from '../imports/import-job.sql.ts';
import type { FeedTask } from '../queue/tasks.ts';
import type { WorkServices } from './work.ts';

/** Failures removed by one transaction. */
const CLEARED_AT_ONCE = 500;

/** A new attempt first removes the failures of the last one, in steps. */
export async function clearFailures(
  { db }: WorkServices,
  { shopId, jobId, attempt }: FeedTask,
): Promise<void> {
  for (let cleared = -1; cleared !== 0; ) {
    cleared = await db.inShop(shopId, async (tx) => {
      const reading = await lockReading(tx, jobId);
      if (reading?.attempt !== attempt) return 0;
      return deleteSomeFailures(tx, { shopId, jobId, limit: CLEARED_AT_ONCE });
    });
  }
}
