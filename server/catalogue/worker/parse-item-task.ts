import { isOutage } from '../../errors/outage.ts';
import { noteEvent } from '../../outbox/note-event.ts';
import { insertErrors, insertWarnings, type NewWarning } from '../imports/import-job.sql.ts';
import { choosePresentPrimary } from '../items/corrections.sql.ts';
import { removeFiles } from '../items/remove-items.ts';
import type { Claimed } from '../queue/task-queue.ts';
import type { ItemTask } from '../queue/tasks.ts';
import {
  dropImportItem,
  failItem,
  findItemToParse,
  finishImportItem,
  finishItem,
  leaveIfCancelled,
} from './finish-item.sql.ts';
import { lookAgain } from './look-again.ts';
import { type ImageFault, type ParsedItem, parseItem } from './parse-item.ts';
import { refreshItem } from './refresh-item.ts';
import { replaceImages } from './replace-images.ts';
import { MAX_TRIES, SlotChanged, type WorkServices } from './work.ts';

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
  if (!item) await db.inShop(task.shopId, (tx) => dropImportItem(tx, task));
  if (item?.importState !== 'pending') return 'done';
  const isLastTry = attempt >= MAX_TRIES;
  if ((task.refresh || task.again) && attempt > MAX_CLAIMS) {
    await saveFault(services, task, PARSER_ENDED);
    return 'done';
  }
  if (task.refresh) return refreshItem(services, task, { isLastTry });
  if (task.again) {
    const looked = await lookAgain(services, task);
    if (typeof looked === 'string') return looked;
    await saveFault(services, task, looked);
    return 'done';
  }
  if (item.hash !== task.hash || item.state === 'ready') {
    // A later feed changed the row and has its own task, or another job has parsed the same row.
    await db.inShop(task.shopId, async (tx) => {
      if (await finishImportItem(tx, task, 'ready')) await leaveIfCancelled(tx, task);
    });
  } else if (attempt > MAX_CLAIMS) {
    await saveFault(services, task, PARSER_ENDED);
  } else {
    const { matchByHand, ownSlot } = item;
    const parsed = await tryToParse(services, task, { isLastTry, matchByHand, ownSlot });
    if (!('code' in parsed)) return saveParsed(services, task, parsed);
    if (parsed.transient && !isLastTry) return 'again';
    await saveFault(services, task, parsed);
  }
  return 'done';
}

const PARSER_ENDED: ImageFault = {
  code: 'PARSE_FAILED',
  reason: 'The server ended every time it parsed this item.',
  transient: false,
};

function internalFault(reference: string): ImageFault {
  return { code: 'PARSE_FAILED', reason: `Something went wrong here (${reference}).`, transient: true };
}

async function tryToParse(
  services: WorkServices,
  task: ItemTask,
  options: Parameters<typeof parseItem>[3],
): Promise<ParsedItem | ImageFault> {
  try {
    const readFile = (name: string) => services.staged.use(task.jobId, (files) => files.readImage(name));
    return await parseItem(services, task, readFile, options);
  } catch (error) {
    if (isOutage(error)) throw error;
    return internalFault(services.log.error(`Item ${task.itemId} could not be parsed.`, error));
  }
}

/** 'again' if the item came into another slot while it was being parsed. */
async function saveParsed(
  services: WorkServices,
  task: ItemTask,
  parsed: ParsedItem,
): Promise<'done' | 'again'> {
  const { db, vision } = services;
  // If the item has changed meanwhile the new files are removed, otherwise those of its former images.
  const own = parsed.images.map(({ sha256 }) => sha256);
  const garments = parsed.images.reduce((sum, image) => sum + image.garments.length, 0);
  const former = await db
    .inShop(task.shopId, async (tx) => {
      if (!(await finishImportItem(tx, task, 'ready', garments))) return own;
      const finished = await finishItem(tx, task, {
        ...parsed,
        unmatchedReason: parsed.unmatched?.reason ?? null,
      });
      if (finished === null) throw new SlotChanged();
      if (!finished) {
        await leaveIfCancelled(tx, task);
        return own;
      }
      const replaced = await replaceImages(tx, task, parsed.images, parsed.primary, vision.embeddingModel);
      if (parsed.unmatched?.isMatchedByHand) await choosePresentPrimary(tx, task.shopId, task.itemId);
      await insertWarnings(tx, task, 'parsing', warningsOf(task, parsed));
      return replaced;
    })
    .catch((error: unknown) => {
      if (error instanceof SlotChanged) return error;
      throw error;
    });
  await removeFiles(services, former instanceof SlotChanged ? own : former);
  return former instanceof SlotChanged ? 'again' : 'done';
}

/** An item that was only looked at again stays as it was. */
async function saveFault(services: WorkServices, task: ItemTask, fault: ImageFault): Promise<void> {
  await services.db.inShop(task.shopId, async (tx) => {
    if (!(await finishImportItem(tx, task, 'failed'))) return;
    const isKept = Boolean(task.again || task.refresh);
    if (!isKept) await failItem(tx, task, fault.reason);
    await leaveIfCancelled(tx, task);
    const { shopId, jobId: importId, itemId, row } = task;
    await noteEvent(tx, shopId, 'item.failed', async () => {
      const { code, reason } = fault;
      return { importId, itemId, data: { itemId, row, code, reason, kept: isKept } };
    });
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
