import { isOutage } from '../../errors/outage.ts';
import { FeedError } from '../feed/fault.ts';
import type { FeedFiles } from '../feed/files.ts';
import { type ReadRow, readFeed } from '../feed/read.ts';
import {
  beginReading,
  endReading,
  failJob,
  isEarlierUnread,
  lockReading,
  markRead,
  type Reading,
  recordNotes,
  recordProgress,
} from '../imports/import-job.sql.ts';
import type { Claimed } from '../queue/task-queue.ts';
import type { FeedTask } from '../queue/tasks.ts';
import { clearFailures } from './clear-failures.ts';
import { findCurrency } from './import-rows.sql.ts';
import { importRows } from './import-rows.ts';
import { removeMissingItems } from './replace.ts';
import { scanImages } from './scan-images.ts';
import { scanSlots } from './scan-slots.ts';
import { analyzeTables } from './statistics.sql.ts';
import { Interrupted, MAX_TRIES, type ReadingLimits, type WorkServices } from './work.ts';

/** Rows imported by one transaction; a kill repeats at most this many. */
const BATCH = 100;
/** Statistics are gathered after this many rows and whenever the number has doubled. */
const FIRST_STATISTICS = 500;
/** More than for an item, since reading a large feed can span many restarts. */
const MAX_READ_CLAIMS = 30;
/** How often the server may end while it reads a feed, without importing a row. */
const MAX_DEATHS = 5;

/**
 * Reads a feed to its end and imports them. After a kill, or in its shop's next turn (`later`), it continues where it
 * was. One that replaces waits (`wait`) until the shop's earlier feeds have been read. A feed that cannot be read fails its job; other errors are retried a few times.
 */
export async function readFeedTask(
  services: WorkServices,
  { task, attempt }: Claimed<FeedTask>,
  limits: ReadingLimits,
): Promise<'done' | 'later' | 'wait'> {
  const { db } = services;
  const { shopId, jobId } = task;
  let leave: (() => void) | null = null;
  try {
    if (attempt > MAX_READ_CLAIMS) throw new FeedError('The server ended every time it read this feed.');
    const begun = await db.inShop(shopId, (tx) => lockReading(tx, jobId));
    if (begun?.attempt === task.attempt) {
      if (begun.begunReads >= MAX_DEATHS) {
        const where = begun.total > 0 ? ` after row ${begun.total}` : '';
        throw new FeedError(
          `The server ended each of the ${MAX_DEATHS} times that it read this feed${where}.`,
        );
      }
      // Usually they have been, but a fault pauses a feed, and several servers read at once.
      const replaces = begun.mode === 'replace';
      if (replaces && (await db.inShop(shopId, (tx) => isEarlierUnread(tx, shopId, jobId)))) return 'wait';
      leave = services.readers.enter(begun.begunReads > 0);
      if (!leave) return 'wait';
      await db.inShop(shopId, (tx) => beginReading(tx, jobId));
      const end = services.inHand.begin(`reading "${begun.name}" (import ${jobId})`);
      const how = await READERS[begun.kind](services, task, begun, limits).finally(end);
      if (how === 'later') return 'later';
    }
  } catch (error) {
    const failure = failureOf(services, error, attempt);
    await db.inShop(shopId, (tx) => failJob(tx, task, failure));
  } finally {
    leave?.();
    if (leave) await db.inShop(shopId, (tx) => endReading(tx, jobId)).catch(() => undefined);
  }
  await services.ends.now(task);
  return 'done';
}

const READERS = { feed: continueReading, slots: scanSlots, images: scanImages } as const;

/** The message for a job whose reading failed. Throws the error again if another try may help. */
function failureOf({ log }: WorkServices, error: unknown, attempt: number): string {
  if (error instanceof FeedError) return error.message;
  if (error instanceof Interrupted || isOutage(error) || attempt < MAX_TRIES) throw error;
  return `Something went wrong here while the feed was read (${log.error('A feed could not be read.', error)}).`;
}

/** Continues where `begun` left off. Throws FeedError, and Interrupted if another attempt has begun. */
function continueReading(
  services: WorkServices,
  task: FeedTask,
  begun: Reading,
  limits: ReadingLimits,
): Promise<'done' | 'later'> {
  return services.staged.use(task.jobId, (files) => readFiles(services, task, begun, { files, limits }));
}

async function readFiles(
  services: WorkServices,
  task: FeedTask,
  begun: Reading,
  { files, limits }: { files: FeedFiles; limits: ReadingLimits },
): Promise<'done' | 'later'> {
  const { db, queue, vision, log } = services;
  const { shopId, jobId } = task;
  if (begun.attempt > 1 && begun.total === 0) await clearFailures(services, task, limits);
  const currency = await db.inShop(shopId, (tx) => findCurrency(tx, shopId));
  const deps = { db, files, embeddingModel: vision.embeddingModel, currency, log };
  let { total, rejected, unchanged } = begun;
  let statisticsAt = Math.max(FIRST_STATISTICS, 2 * total);
  const notes = new Set<string>();
  let saved = 0;
  const saveNotes = async () => {
    if (notes.size === saved) return;
    saved = notes.size;
    await db.inShop(shopId, (tx) => recordNotes(tx, task, [...notes]));
  };
  const rows = readFeed(files, { shopCurrency: currency, note: (text) => notes.add(text) });
  for await (const batch of inBatches(after(begun.total, rows, limits))) {
    await saveNotes();
    if (limits.isStopped()) throw new Interrupted();
    const imported = await importRows(deps, task, batch);
    if (imported === 'ended') return 'done';
    if (imported === 'superseded') throw new Interrupted();
    await queue.items.send(imported.tasks);
    total += batch.length;
    rejected += imported.rejected;
    unchanged += imported.unchanged;
    const counts = { attempt: begun.attempt, total, rejected, unchanged };
    await db.inShop(shopId, (tx) => recordProgress(tx, jobId, counts));
    if (total >= statisticsAt) {
      await db.asOwner(analyzeTables);
      statisticsAt = 2 * total;
    }
    if (await limits.isTurnOver()) return 'later';
  }
  await saveNotes();
  if (total === 0) throw new FeedError('The feed has no rows.');
  if (begun.mode === 'replace') await removeMissingItems(services, task, files, begun, limits);
  await db.inShop(shopId, (tx) => markRead(tx, jobId, begun.attempt));
  return 'done';
}

/** Skips rows that are already imported. Throws Interrupted when the server stops meanwhile. */
async function* after<T>(
  count: number,
  rows: AsyncIterable<T>,
  { isStopped }: ReadingLimits,
): AsyncGenerator<T> {
  let index = 0;
  for await (const row of rows) {
    if (index < count && isStopped()) throw new Interrupted();
    if (index >= count) yield row;
    index += 1;
  }
}

async function* inBatches(rows: AsyncIterable<ReadRow>): AsyncGenerator<ReadRow[]> {
  let batch: ReadRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
