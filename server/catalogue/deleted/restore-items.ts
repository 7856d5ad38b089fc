import type { Queryable } from '../../db/database.ts';
import { InvalidInputError } from '../../errors/errors.ts';
import { askForVectors } from '../../garments/vectors.sql.ts';
import type { CatalogueContext, CatalogueServices } from '../context.ts';
import {
  forgetExpiredItems,
  forgetItems,
  lockKeptItems,
  markUnread,
  putBackItems,
} from '../items/kept-items.sql.ts';
import { MAX_IDS, REMOVAL_STEP, removeFiles } from '../items/remove-items.ts';
import { lockLooks, refreshFeedLooks } from '../looks/feed-looks.sql.ts';
import { isWholePicture, makeSlotMatcher } from '../slots/match-slot.ts';
import { listOwnSlots, lockSlots } from '../slots/slots.sql.ts';

const UNREAD = 'It was deleted before its pictures were read. Import it again.';
const MOVED = 'The slots of the shop changed while it was deleted. Import it again.';
const SWEEP_STEP = 500;

/** Brings back what `removeItems` has kept, with pictures and garments. Returns the ids of the items that came back. */
export async function restoreItems(
  { db, shopId }: CatalogueContext,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length < 1 || ids.length > MAX_IDS) {
    throw new InvalidInputError(`ids must have 1 to ${MAX_IDS} entries.`, { field: 'ids' });
  }
  const restored: string[] = [];
  for (let at = 0; at < ids.length; at += REMOVAL_STEP) {
    const some = ids.slice(at, at + REMOVAL_STEP);
    const back = await db.inShop(shopId, (tx) => restoreRows(tx, shopId, some));
    if (back.length > 0) await db.asOwner((tx) => askForVectors(tx, shopId, back));
    restored.push(...back);
  }
  return restored.sort();
}

async function restoreRows(tx: Queryable, shopId: string, ids: readonly string[]): Promise<string[]> {
  // No import writes meanwhile: an item that it makes anew is not mixed with what was kept.
  await lockSlots(tx, shopId, 'change');
  const kept = await lockKeptItems(tx, shopId, ids);
  if (kept.length === 0) return [];
  const found = kept.map(({ id }) => id);
  await lockLooks(tx, shopId);
  await putBackItems(tx, shopId, found);
  const slotOf = makeSlotMatcher(await listOwnSlots(tx, shopId));
  const now = kept.map((item) => ({ ...item, before: item.ownSlot, ownSlot: slotOf(item) }));
  // Their tasks went with them.
  const unread = now.filter(({ state }) => state === 'pending');
  const moved = now.filter(
    (item) =>
      item.state === 'ready' &&
      (item.ownSlot !== item.before || item.wholePicture !== isWholePicture(item.ownSlot, item)),
  );
  await markUnread(tx, shopId, unread, UNREAD);
  await markUnread(tx, shopId, moved, MOVED);
  await forgetItems(tx, shopId, found);
  const lookIds = [...new Set(kept.flatMap((item) => item.lookIds))];
  if (lookIds.length > 0) await refreshFeedLooks(tx, shopId, lookIds);
  return found;
}

/** Gives up what can no longer be brought back, and the files that nothing else uses. */
export async function sweepKeptItems(
  parts: Pick<CatalogueServices, 'db' | 'images' | 'queue' | 'log'>,
): Promise<void> {
  for (;;) {
    const gone = await parts.db.asOwner((tx) => forgetExpiredItems(tx, SWEEP_STEP));
    await removeFiles(parts, gone.flat());
    if (gone.length < SWEEP_STEP) return;
  }
}
