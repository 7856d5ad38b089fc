import type { Queryable } from '../../db/database.ts';
import { InvalidInputError } from '../../errors/errors.ts';
import { removeUnusedImage } from '../../images/remove-unused.ts';
import type { CatalogueContext, CatalogueServices } from '../context.ts';
import { listFeedLooks, refreshFeedLooks } from '../looks/feed-looks.sql.ts';
import { forgetItems, keepItems } from './kept-items.sql.ts';
import { deleteItems, dropPendingItems, lockItems } from './remove-items.sql.ts';

type Parts = Pick<CatalogueServices, 'db' | 'images' | 'queue' | 'log'>;

export const MAX_IDS = 1000;
/** Items deleted or brought back per transaction, some milliseconds each: on the embedded database, everyone waits for it. */
export const REMOVAL_STEP = 25;

/**
 * Deletes items of the viewer's shop, and the files that only they used; with `keep`, so that `restoreItems` can bring them
 * back for a while, and without it also what was kept of them before. Returns the ids that existed.
 */
export async function removeItems(
  context: CatalogueContext,
  ids: readonly string[],
  { keep = false } = {},
): Promise<string[]> {
  if (ids.length < 1 || ids.length > MAX_IDS) {
    throw new InvalidInputError(`ids must have 1 to ${MAX_IDS} entries.`, { field: 'ids' });
  }
  const { db, shopId } = context;
  const removed: string[] = [];
  for (let at = 0; at < ids.length; at += REMOVAL_STEP) {
    const some = ids.slice(at, at + REMOVAL_STEP);
    const { gone, forgotten } = await db.inShop(shopId, async (tx) => ({
      gone: await removeRows(tx, shopId, some, { keep }),
      forgotten: keep ? [] : await forgetItems(tx, shopId, some),
    }));
    // What is kept needs its files.
    await cleanUp(context, shopId, keep ? { ...gone, images: [] } : gone);
    await removeFiles(context, forgotten);
    removed.push(...gone.ids);
  }
  return removed.sort();
}

export interface Removed {
  /** Of the items that existed. */
  readonly ids: readonly string[];
  /** The SHA-256 of their images. */
  readonly images: readonly string[];
  /** The feed's looks that they were in. */
  readonly lookIds: readonly string[];
}

/** Call inside a transaction, and `cleanUp` after it. */
export async function removeRows(
  tx: Queryable,
  shopId: string,
  ids: readonly string[],
  { keep = false } = {},
): Promise<Removed> {
  // Items being parsed come first: their tasks then find nothing left to do.
  await dropPendingItems(tx, shopId, ids);
  // Those that come meanwhile, as by being brought back, stay: they would be deleted without being kept.
  const found = (await lockItems(tx, shopId, ids)).map(({ id }) => id);
  const lookIds = await listFeedLooks(tx, shopId, found);
  if (keep) await keepItems(tx, shopId, found);
  const gone = await deleteItems(tx, shopId, found);
  return { ids: gone.map(({ id }) => id), images: gone.flatMap(({ images }) => images), lookIds };
}

/** What is left of removed items: files that only they used, and their places in the feed's looks. */
export async function cleanUp(parts: Parts, shopId: string, { images, lookIds }: Removed): Promise<void> {
  if (lookIds.length > 0) await parts.db.inShop(shopId, (tx) => refreshFeedLooks(tx, shopId, lookIds));
  await removeFiles(parts, images);
}

/**
 * Removes files that are no longer used. A recent file may belong to another item whose row is not written yet, so the
 * queue checks it again later, and one that could not be removed as well, until that is confirmed.
 */
export async function removeFiles(parts: Parts, sha256s: readonly string[]): Promise<void> {
  for (const sha256 of new Set(sha256s)) {
    try {
      const removed = await removeUnusedImage(parts, sha256).catch((error: unknown) => {
        parts.log.error('The file of an image could not be removed; it is tried again.', error);
        return false;
      });
      if (!removed) await parts.queue.files.send([{ sha256 }]);
    } catch (error) {
      // What no row names any more is found by openOrphanSweep.
      parts.log.error('The file of an image could not be removed.', error);
    }
  }
}
