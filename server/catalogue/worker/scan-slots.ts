import { lockReading, markRead, type Reading, recordProgress } from '../imports/import-job.sql.ts';
import { type FeedTask, type ItemTask, storedItemTask } from '../queue/tasks.ts';
import { isWholePicture, makeSlotMatcher } from '../slots/match-slot.ts';
import { listOwnSlots, lockSlots } from '../slots/slots.sql.ts';
import { clearFailures } from './clear-failures.ts';
import { addImportItems } from './import-rows.sql.ts';
import { moveToSlots, pageCategories } from './scan-slots.sql.ts';
import { sendPending } from './send-pending.ts';
import { Interrupted, type ReadingLimits, type WorkServices } from './work.ts';

/** Items looked through by one transaction. */
const PAGE = 500;
const AGAIN = { again: true } as const;

/**
 * Goes through the shop's items after a change of its slots: puts each into its slot, and has those looked at again
 * whose picture counts differently now. Continues in its shop's next turn, and begins anew after a kill; that changes
 * nothing twice.
 */
export async function scanSlots(
  services: WorkServices,
  task: FeedTask,
  begun: Reading,
  limits: ReadingLimits,
): Promise<'done' | 'later'> {
  const { db, queue, places } = services;
  const { shopId, jobId } = task;
  if (begun.attempt > 1 && begun.total === 0) await clearFailures(services, task, limits);
  let { total } = begun;
  for (let after: string | null = places.take(task) ?? ''; after !== null; ) {
    if (limits.isStopped()) throw new Interrupted();
    const step = await scanPage(services, task, after, total);
    if (step === 'ended') return 'done';
    if (step === 'superseded') throw new Interrupted();
    await queue.items.send(step.tasks);
    ({ total } = step);
    after = step.last;
    if (after !== null && (await limits.isTurnOver())) {
      places.leave(task, after);
      return 'later';
    }
  }
  // An item may have come back to where it was since.
  if (begun.total > 0 || begun.attempt > 1) await sendPending(services, task, AGAIN, limits);
  await db.inShop(shopId, (tx) => markRead(tx, jobId, begun.attempt));
  return 'done';
}

/** `last` is the last item looked at, null if there are no more. */
async function scanPage(
  { db }: WorkServices,
  task: FeedTask,
  after: string,
  before: number,
): Promise<'ended' | 'superseded' | { tasks: ItemTask[]; total: number; last: string | null }> {
  const { shopId, jobId, attempt } = task;
  return db.inShop(shopId, async (tx) => {
    const reading = await lockReading(tx, jobId);
    if (reading?.attempt !== attempt) return reading ? 'superseded' : 'ended';
    await lockSlots(tx, shopId, 'use');
    const slotOf = makeSlotMatcher(await listOwnSlots(tx, shopId));
    const page = await pageCategories(tx, shopId, after, PAGE);
    const items = page.map((item) => ({ ...item, wanted: slotOf(item) }));
    const moving = items.filter(({ ownSlot, wanted }) => ownSlot !== wanted);
    const moved = await moveToSlots(
      tx,
      shopId,
      moving.map(({ id, wanted }) => ({ id, ownSlot: wanted })),
    );
    const now = new Map(moved.map((item) => [item.id, item]));
    const again = items.filter((item) => {
      const { state, wholePicture } = now.get(item.id) ?? item;
      // The others are parsed anyway, or again by the next import.
      return state === 'ready' && wholePicture !== isWholePicture(item.wanted, item);
    });
    const added = await addImportItems(
      tx,
      task,
      again.map(({ id }) => ({ id, pending: true })),
    );
    const total = before + added.length;
    await recordProgress(tx, jobId, { attempt, total, rejected: 0, unchanged: 0 });
    return {
      tasks: again.map(({ id }, i) => storedItemTask(task, id, before + i + 1, AGAIN)),
      total,
      last: page.length === PAGE ? page.at(-1)!.id : null,
    };
  });
}
