import { isOutage } from '../../errors/outage.ts';
import type { CatalogueServices } from '../context.ts';
import { FeedError } from '../feed/fault.ts';
import type { FeedFiles } from '../feed/files.ts';
import { type ReadRow, readFeed } from '../feed/read.ts';
import {
  failJob,
  forgetSomeFailures,
  insertErrors,
  lockReading,
  markRead,
  type Reading,
  recordProgress,
} from '../imports/import-job.sql.ts';
import { removeFiles } from '../items/remove-items.ts';
import type { Claimed } from '../queue/queue.ts';
import type { FeedTask, ItemTask } from '../queue/tasks.ts';
import type { StagedFiles } from '../staging/staged-files.ts';
import type { JobEnds } from './end-jobs.ts';
import { findCurrency } from './land.sql.ts';
import { landRows } from './land.ts';
import { type ImageFault, type ParsedItem, type ParsingServices, parseItem } from './parse-item.ts';
import { removeUnnamed } from './replace.ts';
import { findItemToParse, replaceImages, settleImportItem, settleItem } from './settle.sql.ts';
import { gatherStatistics } from './statistics.sql.ts';

/** What the import's work needs of the server. */
export type ImportServices = Pick<CatalogueServices, 'config' | 'db' | 'vision' | 'images' | 'queue' | 'log'>;
export type WorkServices = ImportServices &
  ParsingServices & { readonly staged: StagedFiles; readonly ends: JobEnds };

/** Rows landed by one transaction: a kill costs at most so many to be looked at again. */
const BATCH = 100;
/** After so many rows, and whenever they have doubled, the planner is told of them. */
const FIRST_STATISTICS = 500;
/** Failures taken off a job's list by one transaction. */
const CLEARED_AT_ONCE = 500;
/** Tries of what failed: an image that could not be fetched, or a fault of our own. */
const MAX_TRIES = 4;
/** An item that was claimed so often and never ended takes the process with it when parsed. */
const MAX_CLAIMS = 12;
/** As for an item; but the reading of a large feed outlasts many a restart. */
const MAX_READ_CLAIMS = 30;

export class Interrupted extends Error {}

/** When a reading is to stop: for good, or at the end of a turn because another shop's feed waits. */
export interface ReadingLimits {
  isStopped(): boolean;
  isTurnOver(): Promise<boolean>;
}

/**
 * Reads a feed to its end, landing its rows. Begun again after a kill or in its shop's next turn (`later`), it goes on
 * where it was. A feed that cannot be read fails its job; what is no fault of the feed is tried again a few times.
 */
export async function readFeedTask(
  services: WorkServices,
  { task, attempt }: Claimed<FeedTask>,
  limits: ReadingLimits,
): Promise<'done' | 'later'> {
  const { db, staged } = services;
  const { shopId, jobId } = task;
  try {
    if (attempt > MAX_READ_CLAIMS) throw new FeedError('The server ended every time it read this feed.');
    const files = await staged.open(jobId);
    const begun = await db.inShop(shopId, (tx) => lockReading(tx, jobId));
    if (begun?.attempt === task.attempt) {
      if ((await readOn(services, task, files, begun, limits)) === 'later') return 'later';
    }
  } catch (error) {
    const failure = failureOf(services, error, attempt);
    await db.inShop(shopId, (tx) => failJob(tx, jobId, failure));
  }
  await services.ends.now(task);
  return 'done';
}

/** What to tell of a reading that failed; throws the error where it is worth another try. */
function failureOf({ log }: WorkServices, error: unknown, attempt: number): string {
  if (error instanceof FeedError) return error.message;
  if (error instanceof Interrupted || isOutage(error) || attempt < MAX_TRIES) throw error;
  return `Something went wrong here while the feed was read (${log.error('A feed could not be read.', error)}).`;
}

/** Goes on where `begun` left off. Throws Interrupted where another attempt has begun, and FeedError. */
async function readOn(
  services: WorkServices,
  task: FeedTask,
  files: FeedFiles,
  begun: Reading,
  limits: ReadingLimits,
): Promise<'done' | 'later'> {
  const { db, queue, vision, log } = services;
  const { shopId, jobId } = task;
  if (begun.attempt > 1 && begun.total === 0) await clearFailures(services, task);
  const currency = await db.inShop(shopId, (tx) => findCurrency(tx, shopId));
  const deps = { db, files, embeddingModel: vision.embeddingModel, currency, log };
  let { total, rejected, unchanged } = begun;
  let statisticsAt = Math.max(FIRST_STATISTICS, 2 * total);
  for await (const batch of inBatches(after(begun.total, readFeed(files)))) {
    if (limits.isStopped()) throw new Interrupted();
    const landed = await landRows(deps, task, batch);
    if (landed === 'ended') return 'done';
    if (landed === 'superseded') throw new Interrupted();
    await queue.items.send(landed.tasks);
    total += batch.length;
    rejected += landed.rejected;
    unchanged += landed.unchanged;
    const counts = { attempt: begun.attempt, total, rejected, unchanged };
    await db.inShop(shopId, (tx) => recordProgress(tx, jobId, counts));
    if (total >= statisticsAt) {
      await db.asOwner(gatherStatistics);
      statisticsAt = 2 * total;
    }
    if (await limits.isTurnOver()) return 'later';
  }
  if (total === 0) throw new FeedError('The feed has no rows.');
  if (begun.mode === 'replace') await removeUnnamed(services, task, files, begun);
  await db.inShop(shopId, (tx) => markRead(tx, jobId, begun.attempt));
  return 'done';
}

/** The first thing that a new attempt does, some rows at a time. */
async function clearFailures({ db }: WorkServices, { shopId, jobId, attempt }: FeedTask): Promise<void> {
  for (let cleared = -1; cleared !== 0; ) {
    cleared = await db.inShop(shopId, async (tx) => {
      const reading = await lockReading(tx, jobId);
      if (reading?.attempt !== attempt) return 0;
      return forgetSomeFailures(tx, { shopId, jobId, limit: CLEARED_AT_ONCE });
    });
  }
}

/** Rows that landed before are read over: later ones may have the same id. */
async function* after<T>(count: number, rows: AsyncIterable<T>): AsyncGenerator<T> {
  let index = 0;
  for await (const row of rows) {
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

/**
 * Parses one item and keeps the result in one transaction. Says whether the task is to be tried again; one that fails
 * again and again ends its item.
 */
export async function parseItemTask(
  services: WorkServices,
  claimed: Claimed<ItemTask>,
): Promise<'done' | 'again'> {
  const { task, attempt } = claimed;
  try {
    if ((await settleTask(services, claimed)) === 'again') return 'again';
  } catch (error) {
    if (isOutage(error) || attempt < MAX_TRIES) throw error;
    const reference = services.log.error(`Item ${task.itemId} could not be kept.`, error);
    await keepFault(services, task, internalFault(reference));
  }
  services.ends.soon(task);
  return 'done';
}

async function settleTask(
  services: WorkServices,
  { task, attempt }: Claimed<ItemTask>,
): Promise<'done' | 'again'> {
  const { db } = services;
  const item = await db.inShop(task.shopId, (tx) => findItemToParse(tx, task));
  // The item was deleted, or its import cancelled: this may have been the last of them.
  if (item?.landed !== 'pending') return 'done';
  if (item.hash !== task.hash || item.state === 'ready') {
    // A later feed changed the row, and its own task parses it; or another job has parsed the same row.
    await db.inShop(task.shopId, (tx) => settleImportItem(tx, task, 'ready'));
  } else if (attempt > MAX_CLAIMS) {
    const reason = 'The server ended every time it parsed this item.';
    await keepFault(services, task, { code: 'PARSE_FAILED', reason, transient: false });
  } else {
    const parsed = await tryToParse(services, task);
    if ('code' in parsed) {
      if (parsed.transient && attempt < MAX_TRIES) return 'again';
      await keepFault(services, task, parsed);
    } else await keepParsed(services, task, parsed);
  }
  return 'done';
}

function internalFault(reference: string): ImageFault {
  return { code: 'PARSE_FAILED', reason: `Something went wrong here (${reference}).`, transient: true };
}

async function tryToParse(services: WorkServices, task: ItemTask): Promise<ParsedItem | ImageFault> {
  try {
    return await parseItem(services, task, (): Promise<FeedFiles> => services.staged.open(task.jobId));
  } catch (error) {
    return internalFault(services.log.error(`Item ${task.itemId} could not be parsed.`, error));
  }
}

async function keepParsed(services: WorkServices, task: ItemTask, parsed: ParsedItem): Promise<void> {
  const { db, vision } = services;
  // The files of an item that was deleted or changed meanwhile go, as do those of the images that it had before.
  const own = parsed.images.map(({ sha256 }) => sha256);
  const garments = parsed.images.reduce((sum, image) => sum + image.garments.length, 0);
  const former = await db.inShop(task.shopId, async (tx) => {
    if (!(await settleImportItem(tx, task, 'ready', garments))) return own;
    if (!(await settleItem(tx, task, 'ready', parsed.remark))) return own;
    const replaced = await replaceImages(tx, task, parsed.images, parsed.primary, vision.embeddingModel);
    await insertErrors(
      tx,
      task,
      parsed.faults.slice(0, 1).map((fault) => toError(task, fault)),
    );
    return replaced;
  });
  await removeFiles(services, former);
}

async function keepFault(services: WorkServices, task: ItemTask, fault: ImageFault): Promise<void> {
  await services.db.inShop(task.shopId, async (tx) => {
    if (!(await settleImportItem(tx, task, 'failed'))) return;
    await settleItem(tx, task, 'failed', fault.reason);
    await insertErrors(tx, task, [toError(task, fault)]);
  });
}

function toError({ row, itemId }: ItemTask, { code, reason }: ImageFault) {
  return { row, itemId, code, reason };
}
