import { isOutage } from '../../errors/outage.ts';
import type { FeedFiles } from '../feed/files.ts';
import { insertErrors, insertWarnings, type NewWarning } from '../imports/import-job.sql.ts';
import { choosePresentPrimary } from '../items/corrections.sql.ts';
import { removeFiles } from '../items/remove-items.ts';
import type { Claimed } from '../queue/task-queue.ts';
import type { ItemTask } from '../queue/tasks.ts';
import { findItemToParse, finishImportItem, finishItem } from './finish-item.sql.ts';
import { type ImageFault, type ParsedItem, parseItem } from './parse-item.ts';
import { replaceImages } from './replace-images.ts';
import { MAX_TRIES, type WorkServices } from './work.ts';

/** An item claimed this often that has never ended takes the process down when it is parsed. */
const MAX_CLAIMS = 12;

/**
 * Parses one item and stores the result in one transaction. Returns 'again' if the task should be retried; after the
 * last try its item fails.
 */
export async function parseItemTask(
  services: WorkServices,
  claimed: Claimed<ItemTask>,
): Promise<'done' | 'again'> {
  const { task, attempt } = claimed;
  try {
    if ((await finishTask(services, claimed)) === 'again') return 'again';
  } catch (error) {
    if (isOutage(error) || attempt < MAX_TRIES) throw error;
    const reference = services.log.error(`Item ${task.itemId} could not be kept.`, error);
    await saveFault(services, task, internalFault(reference));
  }
  services.ends.soon(task);
  return 'done';
}

async function finishTask(
  services: WorkServices,
  { task, attempt }: Claimed<ItemTask>,
): Promise<'done' | 'again'> {
  const { db } = services;
  const item = await db.inShop(task.shopId, (tx) => findItemToParse(tx, task));
  // The item was deleted or its import cancelled. It may have been the import's last one.
  if (item?.importState !== 'pending') return 'done';
  if (item.hash !== task.hash || item.state === 'ready') {
    // A later feed changed the row and has its own task, or another job has parsed the same row.
    await db.inShop(task.shopId, (tx) => finishImportItem(tx, task, 'ready'));
  } else if (attempt > MAX_CLAIMS) {
    const reason = 'The server ended every time it parsed this item.';
    await saveFault(services, task, { code: 'PARSE_FAILED', reason, transient: false });
  } else {
    const isLastTry = attempt >= MAX_TRIES;
    const parsed = await tryToParse(services, task, { isLastTry, matchByHand: item.matchByHand });
    if ('code' in parsed) {
      if (parsed.transient && attempt < MAX_TRIES) return 'again';
      await saveFault(services, task, parsed);
    } else await saveParsed(services, task, parsed);
  }
  return 'done';
}

function internalFault(reference: string): ImageFault {
  return { code: 'PARSE_FAILED', reason: `Something went wrong here (${reference}).`, transient: true };
}

async function tryToParse(
  services: WorkServices,
  task: ItemTask,
  options: Parameters<typeof parseItem>[3],
): Promise<ParsedItem | ImageFault> {
  try {
    const openFiles = (): Promise<FeedFiles> => services.staged.open(task.jobId);
    return await parseItem(services, task, openFiles, options);
  } catch (error) {
    return internalFault(services.log.error(`Item ${task.itemId} could not be parsed.`, error));
  }
}

async function saveParsed(services: WorkServices, task: ItemTask, parsed: ParsedItem): Promise<void> {
  const { db, vision } = services;
  // If the item has changed meanwhile the new files are removed, otherwise those of its former images.
  const own = parsed.images.map(({ sha256 }) => sha256);
  const garments = parsed.images.reduce((sum, image) => sum + image.garments.length, 0);
  const former = await db.inShop(task.shopId, async (tx) => {
    if (!(await finishImportItem(tx, task, 'ready', garments))) return own;
    if (!(await finishItem(tx, task, 'ready', parsed.unmatched?.reason ?? null))) return own;
    const replaced = await replaceImages(tx, task, parsed.images, parsed.primary, vision.embeddingModel);
    if (parsed.unmatched?.isMatchedByHand) await choosePresentPrimary(tx, task.shopId, task.itemId);
    await insertWarnings(tx, task, 'parsing', warningsOf(task, parsed));
    return replaced;
  });
  await removeFiles(services, former);
}

async function saveFault(services: WorkServices, task: ItemTask, fault: ImageFault): Promise<void> {
  await services.db.inShop(task.shopId, async (tx) => {
    if (!(await finishImportItem(tx, task, 'failed'))) return;
    await finishItem(tx, task, 'failed', fault.reason);
    const column = fault.code === 'PARSE_FAILED' ? undefined : 'image_link';
    await insertErrors(tx, task, [{ ...toError(task, fault), column }]);
  });
}

function warningsOf(task: ItemTask, { faults, unmatched }: ParsedItem): NewWarning[] {
  const { row, itemId } = task;
  return [
    ...faults.map((fault) => ({ ...toError(task, fault), column: 'additional_image_link' })),
    ...(unmatched && !unmatched.isMatchedByHand ? [{ row, itemId, code: 'NOT_MATCHED', ...unmatched }] : []),
  ];
}

function toError({ row, itemId }: ItemTask, { code, reason }: ImageFault) {
  return { row, itemId, code, reason };
}
