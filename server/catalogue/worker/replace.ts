import type { Database } from '../../db/database.ts';
import type { CatalogueServices } from '../context.ts';
import { FeedError } from '../feed/fault.ts';
import type { FeedFiles } from '../feed/files.ts';
import { readFeed } from '../feed/read.ts';
import { addDeleted, lockReading, type Reading } from '../imports/import-job.sql.ts';
import { listItemIds } from '../items/remove-items.sql.ts';
import { removeFiles, removeRows } from '../items/remove-items.ts';
import type { FeedTask } from '../queue/tasks.ts';

/** Items deleted by one transaction: a kill costs nothing, the next reading deletes what is left. */
const BATCH = 100;
const PAGE = 5000;
/** A feed that was cut off where a row ends looks whole: one that names less than half of the shop is not believed. */
const MOST = 0.5;

/**
 * Deletes the items that were in the shop before this import and that its feed does not name. A row that is broken
 * still names its item. Throws FeedError where the feed is not to be believed; nothing is deleted then.
 */
export async function removeUnnamed(
  services: Pick<CatalogueServices, 'db' | 'images' | 'queue' | 'log'>,
  { shopId, jobId }: FeedTask,
  files: FeedFiles,
  { force, attempt }: Pick<Reading, 'force' | 'attempt'>,
): Promise<void> {
  const { db } = services;
  const named = await readIds(files);
  const there = await listIds(db, shopId, jobId);
  const unnamed = there.filter((id) => !named.has(id));
  if (!force && unnamed.length > there.length * MOST) {
    throw new FeedError(
      `Nothing was deleted: the feed lacks ${unnamed.length} of the ${there.length} items that the shop had. ` +
        'Where that is meant, import it again with "force".',
    );
  }
  for (let at = 0; at < unnamed.length; at += BATCH) {
    const ids = unnamed.slice(at, at + BATCH);
    const gone = await db.inShop(shopId, async (tx) => {
      // Not where the import was cancelled meanwhile.
      if ((await lockReading(tx, jobId))?.attempt !== attempt) return null;
      const removed = await removeRows(tx, shopId, ids);
      await addDeleted(tx, jobId, removed.length);
      return removed;
    });
    if (!gone) return;
    await removeFiles(
      services,
      gone.flatMap(({ images }) => images),
    );
  }
}

/** Every id that the feed names. Reads it once more, so that a reading that was killed needs no memory. */
async function readIds(files: FeedFiles): Promise<Set<string>> {
  const ids = new Set<string>();
  let good = 0;
  for await (const read of readFeed(files)) {
    if ('row' in read) {
      good += 1;
      ids.add(read.row.id);
    } else if (read.rejected.code === 'TOO_MANY_ROWS') {
      throw new FeedError('Nothing was deleted: the feed has more rows than are read.');
    } else if (read.rejected.itemId !== undefined) ids.add(read.rejected.itemId);
  }
  if (good === 0) throw new FeedError('Nothing was deleted: the feed has no good row.');
  return ids;
}

async function listIds(db: Database, shopId: string, jobId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after = ''; ; after = ids.at(-1) ?? '') {
    const page = await db.inShop(shopId, (tx) => listItemIds(tx, { shopId, jobId, after, limit: PAGE }));
    ids.push(...page);
    if (page.length < PAGE) return ids;
  }
}
