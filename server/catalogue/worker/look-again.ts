import type { Queryable } from '../../db/database.ts';
import { NotFoundError } from '../../errors/errors.ts';
import { insertGarments } from '../../garments/garments.sql.ts';
import type { ParsedGarment } from '../../vision/contract.ts';
import { retryWhileBusy } from '../../vision/runtime/retry-while-busy.ts';
import { claimsOfItem } from '../items/claim.ts';
import { choosePrimary, lockItem, updateItemCategory } from '../items/corrections.sql.ts';
import { choosePrimaryGarment } from '../items/primary.ts';
import type { ItemTask } from '../queue/tasks.ts';
import { isWholePicture } from '../slots/match-slot.ts';
import { finishImportItem } from './finish-item.sql.ts';
import {
  clearPrimary,
  deleteWhole,
  findStoredItem,
  listStoredGarments,
  markLookedAt,
  type StoredItem,
  setPrimary,
} from './look-again.sql.ts';
import { type ImageFault, outsideReason } from './parse-item.ts';
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
      if (item?.state !== 'ready') return;
      if (!before || !isAsBefore(item, before)) throw new SlotChanged();
      await settle(tx, task, item, whole, vision.embeddingModel);
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

const isWhole = (item: StoredItem) => isWholePicture(item.ownSlot, item);

async function embedStored(
  { vision, images }: WorkServices,
  sha256: string,
  shopId: string,
): Promise<ParsedGarment> {
  const turn = `catalogue:${shopId}` as const;
  return retryWhileBusy(async () =>
    vision.embedWhole(await vision.decode(await images.read(sha256), turn), turn),
  );
}

/** Chooses the item's primary garment anew. A choice by hand stays. */
async function settle(
  tx: Queryable,
  { shopId, itemId }: ItemTask,
  item: StoredItem,
  whole: ParsedGarment | null,
  embeddingModel: string,
): Promise<void> {
  const wholePicture = isWhole(item);
  const [claim] = claimsOfItem(toFeed(item));
  const outside = !wholePicture && claim?.kind === 'outside' ? claim : null;
  if (whole) {
    await insertGarments(tx, { shopId, itemId, embeddingModel, garments: [whole], imagePosition: 0 });
  }
  const chosen = await clearPrimary(tx, shopId, itemId);
  const stored = await listStoredGarments(tx, shopId, itemId);
  const found = stored.filter((garment) => !garment.whole);
  const primary = wholePicture
    ? stored.find((garment) => garment.whole)
    : primaryOf(found.length > 0 || outside ? found : stored, item);
  if (primary) await setPrimary(tx, shopId, primary.id);
  if (chosen) await choosePrimary(tx, shopId, itemId, chosen);
  if (!primary?.whole) await deleteWhole(tx, shopId, itemId);
  const unmatchedReason = outside && !primary ? outsideReason(outside) : null;
  await markLookedAt(tx, shopId, itemId, { wholePicture, unmatchedReason });
  await updateItemCategory(tx, shopId, itemId);
}

function primaryOf(garments: Awaited<ReturnType<typeof listStoredGarments>>, item: StoredItem) {
  const positions = [...new Set(garments.map(({ position }) => position))].sort((a, b) => a - b);
  const images = positions.map((position) => {
    const inImage = garments.filter((garment) => garment.position === position);
    const { width, height } = inImage[0]!;
    return { width, height, garments: inImage };
  });
  const choice = choosePrimaryGarment(images, claimsOfItem(toFeed(item)));
  return choice ? images[choice.image]!.garments[choice.garment]! : undefined;
}

function toFeed({ title, productType, googleProductCategory }: StoredItem) {
  return {
    title,
    productType: productType ?? undefined,
    googleProductCategory: googleProductCategory ?? undefined,
  };
}
