import { randomUUID } from 'node:crypto';
import { InvalidInputError } from '../../errors/errors.ts';
import { wellFormed } from '../../vocabulary/text.ts';
import type { CatalogueContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { getJob } from './control.ts';
import { findRefreshOfAll, type ImportJobRow, insertJob, lockJobs } from './import-job.sql.ts';

const MAX_ITEMS = 1000;

/**
 * Starts the job that asks for the pictures of these items again, or of all items of the shop. For all there is one job
 * at a time: if it is running, it is returned. Throws InvalidInputError.
 */
export async function refreshImages(
  context: CatalogueContext,
  itemIds: readonly string[] | null,
): Promise<ImportJobRow> {
  const { db, queue, shopId } = context;
  const wanted = itemIds && checkIds(itemIds);
  const id = randomUUID();
  const running = await db.inShop(shopId, async (tx) => {
    // Of two that are asked for at once, one finds the other.
    await lockJobs(tx, shopId);
    const other = wanted ? null : await findRefreshOfAll(tx, shopId);
    if (!other)
      await insertJob(tx, { shopId, id, name: nameOf(wanted), kind: 'images', wantedItems: wanted });
    return other;
  });
  if (!running) await queue.feeds.send([{ shopId, jobId: id, attempt: 1 }]);
  return getJob(context, running ?? id);
}

function checkIds(ids: readonly string[]): string[] {
  if (ids.length < 1 || ids.length > MAX_ITEMS) {
    throw new InvalidInputError(`itemIds must have 1 to ${MAX_ITEMS} entries.`, { field: 'itemIds' });
  }
  if (ids.some((id) => id.length > LIMITS.idLength || wellFormed(id) !== id)) {
    throw new InvalidInputError(`Ids have at most ${LIMITS.idLength} characters.`, { field: 'itemIds' });
  }
  return [...new Set(ids)];
}

function nameOf(wanted: readonly string[] | null): string {
  if (!wanted) return 'Pictures of all items';
  return wanted.length === 1 ? `Pictures of ${wanted[0]}` : `Pictures of ${wanted.length} items`;
}
