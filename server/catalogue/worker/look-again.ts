import { NotFoundError } from '../../errors/errors.ts';
import type { ParsedGarment } from '../../vision/contract.ts';
import { retryWhileBusy } from '../../vision/runtime/retry-while-busy.ts';
import { lockItem } from '../items/corrections.sql.ts';
import type { ItemTask } from '../queue/tasks.ts';
import { chooseAgain, isWhole } from './choose-again.ts';
import { finishImportItem, leaveIfCancelled } from './finish-item.sql.ts';
import { findStoredItem, type StoredItem } from './look-again.sql.ts';
import type { ImageFault } from './parse-item.ts';
import { SlotChanged, type WorkServices } from './work.ts';

const PICTURE_GONE: ImageFault = {
  code: 'IMAGE_NOT_FOUND',
  reason: 'Its stored picture is gone. Import the item again.',
  transient: false,
};

/**
 * Looks at an item's stored first image again after a slot has changed: embeds it whole, or turns to the garments that
 * were found in it. An item that waits to be parsed, or could not be, is left to its import.
 */
export async function lookAgain(
  services: WorkServices,
  task: ItemTask,
): Promise<'done' | 'again' | ImageFault> {
  const { db, vision } = services;
  const before = await db.inShop(task.shopId, (tx) => findStoredItem(tx, task));
  const needsWhole = before?.state === 'ready' && isWhole(before) && !before.hasWhole;
  try {
    const whole =
      needsWhole && before.sha256 ? await embedStored(services, before.sha256, task.shopId) : null;
    await db.inShop(task.shopId, async (tx) => {
      if (!(await finishImportItem(tx, task, 'ready', whole ? 1 : 0))) return;
      await lockItem(tx, task.shopId, task.itemId);
      const item = await findStoredItem(tx, task);
      if (item?.state !== 'ready') return leaveIfCancelled(tx, task);
      if (!before || !isAsBefore(item, before)) throw new SlotChanged();
      await chooseAgain(tx, task, item, whole, vision.embeddingModel);
    });
    return 'done';
  } catch (error) {
    if (error instanceof SlotChanged) return 'again';
    if (error instanceof NotFoundError) return PICTURE_GONE;
    throw error;
  }
}

function isAsBefore(item: StoredItem, before: StoredItem): boolean {
  return (
    item.sha256 === before.sha256 && item.ownSlot === before.ownSlot && item.hasWhole === before.hasWhole
  );
}

/** The stored image as a whole. Throws NotFoundError if its file is gone. */
export async function embedStored(
  { vision, images }: Pick<WorkServices, 'vision' | 'images'>,
  sha256: string,
  shopId: string,
): Promise<ParsedGarment> {
  const turn = `catalogue:${shopId}` as const;
  return retryWhileBusy(async () =>
    vision.embedWhole(await vision.decode(await images.read(sha256), turn), turn),
  );
}
