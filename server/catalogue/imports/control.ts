import { isUuid } from '../../db/database.ts';
import { InvalidInputError, NotFoundError } from '../../errors/errors.ts';
import type { CatalogueContext } from '../context.ts';
import { isStaged } from '../staging/staging.ts';
import {
  cancelJob,
  cancelPendingItems,
  findJob,
  forgetFailures,
  type ImportJobRow,
  reopenJob,
} from './import-job.sql.ts';

/** The job of this shop. Throws NotFoundError. */
export async function getJob(
  { db, shopId }: Pick<CatalogueContext, 'db' | 'shopId'>,
  id: string,
): Promise<ImportJobRow> {
  const job = isUuid(id) ? await db.inShop(shopId, (tx) => findJob(tx, id)) : null;
  if (!job) throw new NotFoundError('There is no such import.');
  return job;
}

/** Stops reading and parsing; what landed stays. Cancelling an import that has ended changes nothing. */
export async function cancelImport(context: CatalogueContext, id: string): Promise<ImportJobRow> {
  const { db, shopId } = context;
  await getJob(context, id);
  await db.inShop(shopId, async (tx) => {
    if (await cancelJob(tx, shopId, id)) await cancelPendingItems(tx, shopId, id);
  });
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
      'The feed of this import is kept no longer: a day after an import has ended, or at once where nothing failed. ' +
        'Import it again; what landed is not parsed again.',
      { code: 'FEED_GONE', field: 'id' },
    );
  }
  const attempt = await db.inShop(shopId, async (tx) => {
    const reopened = await reopenJob(tx, shopId, id);
    if (reopened === null) {
      throw new InvalidInputError('This import is still running.', { code: 'IMPORT_RUNNING', field: 'id' });
    }
    await forgetFailures(tx, shopId, id);
    return reopened;
  });
  await queue.feeds.send([{ shopId, jobId: id, attempt }]);
  return getJob(context, id);
}
