import { isDeepStrictEqual } from 'node:util';
import type { Queryable } from '../../db/database.ts';
import { insertGarments } from '../../garments/garments.sql.ts';
import type { ParsedGarment } from '../../vision/contract.ts';
import { retryWhileBusy } from '../../vision/runtime/retry-while-busy.ts';
import { isWebLink } from '../feed/row.ts';
import { insertWarnings, type NewWarning } from '../imports/import-job.sql.ts';
import { lockItem } from '../items/corrections.sql.ts';
import { removeFiles } from '../items/remove-items.ts';
import type { ItemTask } from '../queue/tasks.ts';
import { type Answer, askForImage, askForNewImage } from './ask-for-image.ts';
import { chooseAgain, isWhole, outsideOf } from './choose-again.ts';
import { finishImportItem, insertImage, leaveIfCancelled } from './finish-item.sql.ts';
import { findStoredItem, listStoredGarments, type StoredGarment, type StoredItem } from './look-again.sql.ts';
import { embedStored } from './look-again.ts';
import type { ImageFault } from './parse-item.ts';
import {
  deleteImage,
  listStoredImages,
  moveImage,
  noteAsked,
  noteUnchanged,
  type StoredImage,
} from './refresh-item.sql.ts';
import { SlotChanged, type WorkServices } from './work.ts';

interface Before {
  readonly item: StoredItem | null;
  readonly images: readonly StoredImage[];
  readonly garments: readonly StoredGarment[];
}

interface Changed extends Pick<Extract<Answer, { is: 'changed' }>, 'image' | 'bytes'> {
  /** The picture whose place it takes; null if the item lacked it. */
  readonly former: StoredImage | null;
}

interface Missed {
  /** Of the picture that the item keeps; null if it has none of the address. */
  readonly position: number | null;
  readonly fault: ImageFault;
}

/**
 * Asks for the pictures of a stored item again. Those that have changed are parsed and take the place of the old ones;
 * one that is gone or cannot be read leaves the old one, and a warning. Those of its row that it lacks, since they could
 * not be had before, come to their places among the others. An item that waits to be parsed, or could not be, is left to
 * its import.
 */
export async function refreshItem(
  services: WorkServices,
  task: ItemTask,
  { isLastTry }: { isLastTry: boolean },
): Promise<'done' | 'again'> {
  const { db } = services;
  const before = await db.inShop(task.shopId, (tx) => readItem(tx, task));
  const due = before.item?.state === 'ready' ? before.images.filter(({ isDue }) => isDue) : [];
  const turn = `catalogue:${task.shopId}` as const;
  const changed: Changed[] = [];
  const missed: Missed[] = [];
  for (const stored of due) {
    const { position } = stored;
    const answer = await askForImage(services, stored, turn);
    if (answer.is === 'changed') changed.push({ former: stored, ...answer });
    else if (answer.is === 'fault') missed.push({ position, fault: answer.fault });
    else {
      const { version = null } = answer;
      await db.inShop(task.shopId, (tx) => noteUnchanged(tx, task.shopId, stored, version));
    }
  }
  for (const source of lackingOf(task, before)) {
    const answer = await askForNewImage(services, source, turn);
    if (answer.is === 'changed') changed.push({ former: null, ...answer });
    else missed.push({ position: null, fault: answer.fault });
  }
  // The next import asks for what the item lacks: a host that is down does not hold each of them up.
  if (!isLastTry && missed.some(({ position, fault }) => position !== null && fault.transient)) {
    await removeFiles(services, newFiles(changed));
    return 'again';
  }
  if (changed.length === 0) {
    await db.inShop(task.shopId, async (tx) => {
      if (!(await finishImportItem(tx, task, task.refresh ?? 'unchanged'))) return;
      await noteMissed(tx, task, missed);
      await leaveIfCancelled(tx, task);
    });
    return 'done';
  }
  return replaceChanged(services, task, before, changed, missed);
}

/** Addresses of the task's pictures that the item does not have; none if a later feed has changed the row. */
function lackingOf({ images, hash }: ItemTask, before: Before): string[] {
  if (before.item?.state !== 'ready' || before.item.hash !== hash) return [];
  const stored = new Set(before.images.map(({ source }) => source));
  return images.filter((image) => isWebLink(image) && !stored.has(image));
}

async function readItem(tx: Queryable, task: ItemTask): Promise<Before> {
  return {
    item: await findStoredItem(tx, task),
    images: await listStoredImages(tx, task),
    garments: await listStoredGarments(tx, task.shopId, task.itemId),
  };
}

const newFiles = (changed: readonly Changed[]) => changed.map(({ image }) => image.sha256);

async function replaceChanged(
  services: WorkServices,
  task: ItemTask,
  before: Before,
  changed: readonly Changed[],
  missed: readonly Missed[],
): Promise<'done' | 'again'> {
  const { db, vision } = services;
  const { embeddingModel } = vision;
  const own = newFiles(changed);
  const whole = await embedWhole(services, task.shopId, before, changed);
  const garments = changed.reduce((sum, { image }) => sum + image.garments.length, whole ? 1 : 0);
  try {
    const former = await db.inShop(task.shopId, async (tx) => {
      if (!(await finishImportItem(tx, task, 'ready', garments))) return own;
      await lockItem(tx, task.shopId, task.itemId);
      const { item, images } = await readItem(tx, task);
      if (item?.state !== 'ready') {
        await leaveIfCancelled(tx, task);
        return own;
      }
      if (!isDeepStrictEqual([item, images.map(placeOf)], [before.item, before.images.map(placeOf)])) {
        throw new SlotChanged();
      }
      await noteMissed(tx, task, missed);
      for (const { former } of changed) if (former) await deleteImage(tx, task, former.position);
      const { moves, positionOf } = arrange(task, before.images, changed);
      for (const move of moves) await moveImage(tx, task, move);
      for (const picture of changed) {
        const { image } = picture;
        const imagePosition = positionOf(picture);
        await insertImage(tx, task, imagePosition, image);
        const place = { shopId: task.shopId, itemId: task.itemId, imagePosition };
        await insertGarments(tx, { ...place, embeddingModel, garments: image.garments });
      }
      await chooseAgain(tx, task, item, whole, embeddingModel);
      return changed.flatMap(({ former }) => former?.sha256 ?? []);
    });
    await removeFiles(services, former);
    return 'done';
  } catch (error) {
    if (!(error instanceof SlotChanged)) throw error;
    await removeFiles(services, own);
    return 'again';
  }
}

/** Where the pictures are together with those that the item lacked: in the order of the row, as the stored ones are. */
function arrange({ images: row }: ItemTask, stored: readonly StoredImage[], changed: readonly Changed[]) {
  const added = changed.filter(({ former }) => former === null);
  const all: { picture: StoredImage | Changed; source: string }[] = [
    ...stored.map((picture) => ({ picture, source: picture.source })),
    ...added.map((picture) => ({ picture, source: picture.image.source })),
  ];
  if (added.length > 0) all.sort((a, b) => row.indexOf(a.source) - row.indexOf(b.source));
  const placeIn = new Map(all.map(({ picture }, place) => [picture, place]));
  const placeAmongStored = (picture: StoredImage) =>
    added.length > 0 ? placeIn.get(picture)! : picture.position;
  return {
    /** The last one first, so that its new position is free. */
    moves: stored
      .map((picture) => ({ from: picture.position, to: placeAmongStored(picture) }))
      .filter(({ from, to }) => from !== to)
      .reverse(),
    positionOf: (picture: Changed) =>
      picture.former ? placeAmongStored(picture.former) : placeIn.get(picture)!,
  };
}

const placeOf = ({ position, source, sha256 }: StoredImage) => [position, source, sha256];

/** The first picture as a whole if the item is matched by it, and it is new or was not embedded so before. */
async function embedWhole(
  services: WorkServices,
  shopId: string,
  { item, images, garments }: Before,
  changed: readonly Changed[],
): Promise<ParsedGarment | null> {
  if (!item) return null;
  const positions = changed.map(({ former }) => former?.position);
  const first = changed.find(({ former }) => former?.position === 0);
  const kept = garments.filter(({ whole, position }) => !whole && !positions.includes(position));
  const hasGarments = kept.length > 0 || changed.some(({ image }) => image.garments.length > 0);
  const isMatched = item.matchByHand || outsideOf(item) === null;
  const isNeeded = isWhole(item) || (isMatched && !hasGarments);
  if (!isNeeded || (item.hasWhole && !first)) return null;
  if (!first) return images[0] ? embedStored(services, images[0].sha256, shopId) : null;
  const { vision } = services;
  const turn = `catalogue:${shopId}` as const;
  return retryWhileBusy(async () => vision.embedWhole(await vision.decode(first.bytes, turn), turn));
}

async function noteMissed(tx: Queryable, task: ItemTask, missed: readonly Missed[]): Promise<void> {
  await noteAsked(
    tx,
    task,
    missed.flatMap(({ position }) => position ?? []),
  );
  const warnings = missed.map(
    ({ position, fault }): NewWarning => ({
      row: task.row,
      itemId: task.itemId,
      column: position === 0 ? 'image_link' : 'additional_image_link',
      code: fault.code,
      reason: position === null ? fault.reason : `${fault.reason} The item keeps the picture that it had.`,
    }),
  );
  await insertWarnings(tx, task, 'parsing', warnings);
}
