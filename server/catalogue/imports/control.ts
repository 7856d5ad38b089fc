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
 * Stops reading and parsing; what landed stays. Seen at once: the worker takes the job's items out of the work
 * afterwards, some at a time. Cancelling an import that has ended changes nothing.
 */
export async function cancelImport(context: CatalogueContext, id: string): Promise<ImportJobRow> {
  const { db, queue, shopId } = context;
  await getJob(context, id);
  const attempt = await db.inShop(shopId, (tx) => cancelJob(tx, shopId, id));
  if (attempt !== null) await queue.cancelled.send([{ shopId, jobId: id, attempt }]);
  return getJob(context, id);
}

/**
 * Reads the feed again for those of its items that failed or were cancelled. Throws InvalidInputError IMPORT_RUNNING,
 * and FEED_GONE where the feed is kept no longer.
 */
export async function retryImport(context: CatalogueContext, id: string): Promise<ImportJobRow> {
  const { config, db, queue, shopId } = context;
  await getJob(context, id);
  if (!(await isStaged(config.dataDir, id))) {
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
