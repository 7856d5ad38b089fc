import {
  insertErrors,
  lockReading,
  markRead,
  type NewError,
  type Reading,
  recordNotes,
  recordProgress,
} from '../imports/import-job.sql.ts';
import { type FeedTask, type ItemTask, storedItemTask } from '../queue/tasks.ts';
import { clearFailures } from './clear-failures.ts';
import { addImportItems } from './import-rows.sql.ts';
import {
  countUnaddressed,
  findLastListed,
  findWanted,
  type ImagesScan,
  listNotStored,
  pageStored,
} from './scan-images.sql.ts';
import { sendPending } from './send-pending.ts';
import { Interrupted, type ReadingLimits, type WorkServices } from './work.ts';

/** Items looked through by one transaction. */
const PAGE = 500;
const REFRESH = { refresh: 'unchanged' } as const;

/**
 * Lists the items whose pictures are to be asked for again, all of the shop or those that the job names. Continues in
 * its shop's next turn where it was, and after a kill behind the last item that it has listed.
 */
export async function scanImages(
  services: WorkServices,
  task: FeedTask,
  begun: Reading,
  limits: ReadingLimits,
): Promise<'done' | 'later'> {
  const { db, queue, places } = services;
  const { shopId, jobId } = task;
  const isRetry = begun.attempt > 1;
  if (isRetry && begun.total === 0) await clearFailures(services, task, limits);
  const wanted = await db.inShop(shopId, (tx) => findWanted(tx, jobId));
  const scan: ImagesScan = { shopId, wanted };
  let { total } = begun;
  // What failed may lie before the last one.
  const first = isRetry ? '' : await db.inShop(shopId, (tx) => findLastListed(tx, task));
  for (let after = places.take(task) ?? first; ; ) {
    if (limits.isStopped()) throw new Interrupted();
    const step = await listPage(services, task, { ...scan, after, before: total });
    if (step === 'ended') return 'done';
    if (step === 'superseded') throw new Interrupted();
    await queue.items.send(step.tasks);
    ({ total } = step);
    if (step.last === null) break;
    after = step.last;
    if (await limits.isTurnOver()) {
      places.leave(task, after);
      return 'later';
    }
  }
  if (begun.total > 0 || begun.attempt > 1) await sendPending(services, task, REFRESH, limits);
  await finishScan(services, task, scan, total);
  return 'done';
}

/** `last` is the last item looked at, null if there are no more. */
async function listPage(
  { db }: WorkServices,
  task: FeedTask,
  page: ImagesScan & { after: string; before: number },
): Promise<'ended' | 'superseded' | { tasks: ItemTask[]; total: number; last: string | null }> {
  const { shopId, jobId, attempt } = task;
  return db.inShop(shopId, async (tx) => {
    const reading = await lockReading(tx, jobId);
    if (reading?.attempt !== attempt) return reading ? 'superseded' : 'ended';
    const stored = await pageStored(tx, { ...page, limit: PAGE });
    const ids = stored.flatMap(({ id, isAddressed }) => (isAddressed ? [id] : []));
    const pending = ids.map((id) => ({ id, pending: true }));
    const total = page.before + (await addImportItems(tx, task, pending)).length;
    await recordProgress(tx, jobId, { attempt, total, rejected: 0, unchanged: 0 });
    return {
      tasks: ids.map((id, i) => storedItemTask(task, id, page.before + i + 1, REFRESH)),
      total,
      last: stored.length === PAGE ? stored.at(-1)!.id : null,
    };
  });
}

/** Says which items cannot be asked about, and why. */
async function finishScan(
  { db }: WorkServices,
  task: FeedTask,
  scan: ImagesScan,
  listed: number,
): Promise<void> {
  const { jobId, attempt } = task;
  await db.inShop(scan.shopId, async (tx) => {
    const missing = await listNotStored(tx, scan.shopId, scan.wanted ?? []);
    const errors = missing.map(
      ({ id, state }, i): NewError => ({
        row: listed + i + 1,
        itemId: id,
        code: 'ITEM_NOT_FOUND',
        reason:
          state === null ? 'There is no such item.' : 'The item has not been imported. Import it again.',
      }),
    );
    await insertErrors(tx, task, errors);
    const inFiles = await countUnaddressed(tx, scan);
    const items = inFiles === 1 ? '1 item has its pictures' : `${inFiles} items have their pictures`;
    if (inFiles > 0) await recordNotes(tx, task, [`${items} from files. Import them again to change these.`]);
    const rejected = errors.length;
    await recordProgress(tx, jobId, { attempt, total: listed + rejected, rejected, unchanged: 0 });
    await markRead(tx, jobId, attempt);
  });
}
