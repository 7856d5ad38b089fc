import type { Queryable } from '../../db/database.ts';
import { InvalidInputError } from '../../errors/errors.ts';
import { removeUnusedImage } from '../../images/remove-unused.ts';
import type { CatalogueContext, CatalogueServices } from '../context.ts';
import { deleteItems, dropPendingItems } from './remove-items.sql.ts';

type Parts = Pick<CatalogueServices, 'db' | 'images' | 'queue' | 'log'>;

const MAX_IDS = 1000;
/** Items deleted per transaction: on the embedded database, everyone waits for it. */
export const REMOVAL_STEP = 100;

/** Deletes items of the viewer's shop, and the files that only they used. Returns the ids that existed. */
export async function removeItems(context: CatalogueContext, ids: readonly string[]): Promise<string[]> {
  if (ids.length < 1 || ids.length > MAX_IDS) {
    throw new InvalidInputError(`ids must have 1 to ${MAX_IDS} entries.`, { field: 'ids' });
  }
  const { db, shopId } = context;
  const removed: string[] = [];
  for (let at = 0; at < ids.length; at += REMOVAL_STEP) {
    const some = ids.slice(at, at + REMOVAL_STEP);
    const gone = await db.inShop(shopId, (tx) => removeRows(tx, shopId, some));
    await removeFiles(
      context,
      gone.flatMap(({ images }) => images),
    );
    removed.push(...gone.map(({ id }) => id));
  }
  return removed.sort();
}

/** Call inside a transaction; the caller then removes the files of `images`. */
export async function removeRows(tx: Queryable, shopId: string, ids: readonly string[]) {
  // Items being parsed come first: their tasks then find nothing left to do.
  await dropPendingItems(tx, shopId, ids);
  return deleteItems(tx, shopId, ids);
}

/**
 * Removes files that are no longer used. A recent file may belong to another item whose row is not written yet, so the
 * queue checks it again later. A file that cannot be removed only takes space.
 */
export async function removeFiles(parts: Parts, sha256s: readonly string[]): Promise<void> {
  for (const sha256 of new Set(sha256s)) {
    try {
      if (!(await removeUnusedImage(parts, sha256))) await parts.queue.files.send([{ sha256 }]);
    } catch (error) {
      parts.log.error('The file of an image could not be removed.', error);
    }
  }
}
