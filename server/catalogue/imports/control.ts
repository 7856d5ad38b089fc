import { isUuid } from '../../db/database.ts';
import { InvalidInputError, NotFoundError } from '../../errors/errors.ts';
import type { CatalogueContext } from '../context.ts';
import { isStaged } from '../staging/staging.ts';
import { cancelJob, findJob, type ImportJobRow, reopenJob } from './import-job.sql.ts';

/** The job of this shop. Throws NotFoundError. */
export async function getJob(
  { db, shopId }: Pick<CatalogueContext, 'db' | 'shopId'>,
  id: string,
): Promise<ImportJobRow> {
  const job = isUuid(id) ? await db.inShop(shopId, (tx) => findJob(tx, id)) : null;
  if (!job) throw new NotFoundError('There is no such import.');
  return job;
}

/**
 * Stops reading and parsing; imported items stay. The new state is visible at once, while the worker removes the job's
 * pending items from the queue in batches. Cancelling an import that has ended changes nothing.
 */
export async function cancelImport(context: CatalogueContext, id: string): Promise<ImportJobRow> {
  const { db, queue, shopId } = context;
  await getJob(context, id);
  const attempt = await db.inShop(shopId, (tx) => cancelJob(tx, shopId, id));
  if (attempt !== null) await queue.cancelled.send([{ shopId, jobId: id, attempt }]);
  return getJob(context, id);
}

/**
 * Reads the feed again for the items that failed or were cancelled, or looks for items in other slots again. Throws InvalidInputError IMPORT_RUNNING, or
 * FEED_GONE if the feed is no longer kept.
 */
export async function retryImport(context: CatalogueContext, id: string): Promise<ImportJobRow> {
  const { db, queue, store, shopId } = context;
  const job = await getJob(context, id);
  if (job.kind === 'feed' && !(await isStaged(store, id))) {
    throw new InvalidInputError(
      'The feed of this import is no longer kept: it is deleted a day after the import ends, or at once if nothing failed. ' +
        'Import it again; items that have not changed are not parsed again.',
      { code: 'FEED_GONE', field: 'id' },
    );
  }
  const attempt = await db.inShop(shopId, (tx) => reopenJob(tx, shopId, id));
  if (attempt === null) {
    throw new InvalidInputError('This import is still running.', { code: 'IMPORT_RUNNING', field: 'id' });
  }
  await queue.feeds.send([{ shopId, jobId: id, attempt }]);
  return getJob(context, id);
}
