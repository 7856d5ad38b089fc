import type { Database } from '../../db/database.ts';
import type { CatalogueServices } from '../context.ts';
import { FeedError } from '../feed/fault.ts';
import type { FeedFiles } from '../feed/files.ts';
import { readFeed } from '../feed/read.ts';
import { lockReading, type Reading } from '../imports/import-job.sql.ts';
import { forgetReplacedItems } from '../items/kept-items.sql.ts';
import { addDeleted, type EarlierItem, listUnlisted, pageEarlierItems } from '../items/remove-items.sql.ts';
import { cleanUp, REMOVAL_STEP, removeFiles, removeRows } from '../items/remove-items.ts';
import type { FeedTask } from '../queue/tasks.ts';
import { lockSlots } from '../slots/slots.sql.ts';
import { Interrupted, type ReadingLimits } from './work.ts';

const PAGE = 5000;
/** A feed cut off at the end of a row looks complete: one that names less than half of the shop is refused. */
const MAX_DELETED_SHARE = 0.5;
/** How many ids or rows a message lists. */
const MAX_LISTED = 10;

/**
 * Deletes the items of earlier imports that neither this feed nor a later import names; earlier feeds have been read by
 * then. A broken row still names its item if its id can be read. If the feed looks incomplete, deletes nothing and throws FeedError with what it would
 * have deleted. After a kill, and when the server stops (Interrupted), the next reading deletes the rest.
 */
export async function removeMissingItems(
  services: Pick<CatalogueServices, 'db' | 'images' | 'queue' | 'log'>,
  { shopId, jobId }: FeedTask,
  files: FeedFiles,
  { force, attempt }: Pick<Reading, 'force' | 'attempt'>,
  { isStopped }: Pick<ReadingLimits, 'isStopped'>,
): Promise<void> {
  const { db } = services;
  const { ids: named, rowsWithoutId } = await readIds(files, isStopped);
  const existing = await listEarlierItems(db, shopId, jobId);
  const unnamed = existing.flatMap(({ id, listedLater }) => (listedLater || named.has(id) ? [] : [id]));
  if (rowsWithoutId.length > 0 && unnamed.length > 0) {
    const rows = rowsWithoutId.length === 1 ? 'row' : 'rows';
    throw new FeedError(
      `Nothing was deleted: the id of ${rows} ${list(rowsWithoutId)} cannot be read, and may be that of an item which the ` +
        `feed seems to lack. It would have deleted ${count(unnamed.length)}: ${list(unnamed)}.`,
    );
  }
  if (!force && unnamed.length > existing.length * MAX_DELETED_SHARE) {
    throw new FeedError(
      `Nothing was deleted: the feed lacks ${unnamed.length} of the ${existing.length} items that the shop had. It would ` +
        `have deleted ${list(unnamed)}. Where that is meant, import it again with "force".`,
    );
  }
  for (let at = 0; at < unnamed.length; at += REMOVAL_STEP) {
    if (isStopped()) throw new Interrupted();
    const ids = unnamed.slice(at, at + REMOVAL_STEP);
    const gone = await db.inShop(shopId, async (tx) => {
      // Stops if the import has been cancelled.
      if ((await lockReading(tx, jobId))?.attempt !== attempt) return null;
      // No import writes meanwhile: one that came later may have listed some of them by now.
      await lockSlots(tx, shopId, 'change');
      const removed = await removeRows(tx, shopId, await listUnlisted(tx, { shopId, jobId, ids }));
      await addDeleted(tx, shopId, jobId, removed.ids.length);
      return removed;
    });
    if (!gone) return;
    await cleanUp(services, shopId, gone);
  }
  // What was deleted by hand before, and could be brought back, is not in the feed either.
  await removeFiles(services, await db.inShop(shopId, (tx) => forgetReplacedItems(tx, shopId, jobId)));
}

/** The ids that the feed names, and the rows without one. Reads the feed again, since a kill loses what was in memory. */
async function readIds(
  files: FeedFiles,
  isStopped: () => boolean,
): Promise<{ ids: Set<string>; rowsWithoutId: number[] }> {
  const ids = new Set<string>();
  const rowsWithoutId: number[] = [];
  let good = 0;
  for await (const read of readFeed(files)) {
    if (isStopped()) throw new Interrupted();
    if ('row' in read) {
      good += 1;
      ids.add(read.row.id);
    } else if (read.rejected.code === 'TOO_MANY_ROWS') {
      throw new FeedError('Nothing was deleted: the feed has more rows than are read.');
    } else if (read.rejected.itemId !== undefined) ids.add(read.rejected.itemId);
    else rowsWithoutId.push(read.number);
  }
  if (good === 0) throw new FeedError('Nothing was deleted: the feed has no good row.');
  return { ids, rowsWithoutId };
}

function list(of: readonly (string | number)[]): string {
  const shown = of.slice(0, MAX_LISTED).join(', ');
  return of.length > MAX_LISTED ? `${shown} and ${of.length - MAX_LISTED} more` : shown;
}

function count(items: number): string {
  return `${items} ${items === 1 ? 'item' : 'items'}`;
}

async function listEarlierItems(db: Database, shopId: string, jobId: string): Promise<EarlierItem[]> {
  const items: EarlierItem[] = [];
  for (let after = ''; ; after = items.at(-1)?.id ?? '') {
    const page = await db.inShop(shopId, (tx) => pageEarlierItems(tx, { shopId, jobId, after, limit: PAGE }));
    items.push(...page);
    if (page.length < PAGE) return items;
  }
}
