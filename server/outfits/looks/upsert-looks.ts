import { randomUUID } from 'node:crypto';
import { lockLooks, MAX_LOOK_ITEMS } from '../../catalogue/looks/feed-looks.sql.ts';
import type { Queryable } from '../../db/database.ts';
import { InvalidInputError } from '../../errors/errors.ts';
import { checkLooks, type LookValues, tooManyLooks, unknownItem } from './check-looks.ts';
import type { LookContext } from './context.ts';
import { type LookError, type LookInput, LookSource, type LooksResult } from './look.type.ts';
import {
  countStoredLooks,
  holdItems,
  type LookToWrite,
  listStoredLooks,
  type StoredLook,
  writeLooks,
} from './save-looks.sql.ts';

export const MAX_LOOKS_AT_ONCE = 500;
/** Looks saved by one transaction: on the embedded database, everyone waits for it. */
const STEP = 100;
/** What a shop may have, the feed's included. */
const MAX_LOOKS = 50_000;

/**
 * Makes or replaces looks. Those with a fault are listed, and do not keep the others from being saved. Throws
 * InvalidInputError for a list that is empty or too long.
 */
export async function upsertLooks(
  { db, shopId }: Pick<LookContext, 'db' | 'shopId'>,
  inputs: readonly LookInput[],
  source: LookSource,
  most = MAX_LOOKS,
): Promise<LooksResult> {
  if (inputs.length < 1 || inputs.length > MAX_LOOKS_AT_ONCE) {
    throw new InvalidInputError(`looks must have 1 to ${MAX_LOOKS_AT_ONCE} entries.`, { field: 'looks' });
  }
  if (source === LookSource.FEED) {
    throw new InvalidInputError('source must be API or STUDIO: only a feed makes looks of the feed.', {
      field: 'source',
    });
  }
  const { looks, errors } = checkLooks(inputs);
  const result: LooksResult = { saved: 0, unchanged: 0, ids: [], errors };
  for (let at = 0; at < looks.length; at += STEP) {
    const some = looks.slice(at, at + STEP);
    const step = await db.inShop(shopId, (tx) => saveSome(tx, { shopId, source, most }, some));
    result.saved += step.saved;
    result.unchanged += step.ids.length - step.saved;
    result.ids.push(...step.ids);
    errors.push(...step.errors);
  }
  errors.sort((a, b) => a.index - b.index);
  return result;
}

async function saveSome(
  tx: Queryable,
  { shopId, source, most }: { shopId: string; source: LookSource; most: number },
  looks: readonly LookValues[],
): Promise<{ saved: number; ids: string[]; errors: LookError[] }> {
  // Before the lock: a transaction that deletes items must not be waited for by one that has it.
  const existing = new Set(
    await holdItems(tx, shopId, [...new Set(looks.flatMap(({ itemIds }) => itemIds))]),
  );
  await lockLooks(tx, shopId);
  const ids = looks.flatMap(({ id }) => (id === null ? [] : [id]));
  const stored = new Map(
    (await listStoredLooks(tx, shopId, ids, MAX_LOOK_ITEMS)).map((look) => [look.id, look]),
  );
  let room = most - (await countStoredLooks(tx, shopId, most));
  const errors: LookError[] = [];
  const kept: string[] = [];
  const toWrite: LookToWrite[] = [];
  for (const look of looks) {
    const unknown = look.itemIds.find((item) => !existing.has(item));
    const before = look.id === null ? undefined : stored.get(look.id);
    if (unknown !== undefined) errors.push(unknownItem(look, unknown));
    else if (!before && room <= 0) errors.push(tooManyLooks(look, most));
    else {
      const id = look.id ?? randomUUID();
      kept.push(id);
      if (before && isAsStored(look, before)) continue;
      if (!before) room -= 1;
      toWrite.push({ id, name: look.name, itemIds: look.itemIds, source: sourceOf(look, before, source) });
    }
  }
  if (toWrite.length > 0) await writeLooks(tx, shopId, toWrite);
  return { saved: toWrite.length, ids: kept, errors };
}

function isAsStored({ name, itemIds }: LookValues, stored: StoredLook): boolean {
  if (stored.removed || stored.name !== name) return false;
  // The feed's looks have no order of their own.
  if (stored.source === 'feed') return isSameSet(itemIds, stored.itemIds);
  // Without an item that was deleted, and that could be brought back into it, it is another look.
  if (itemIds.length !== stored.itemCount) return false;
  return itemIds.length === stored.itemIds.length && itemIds.every((item, i) => item === stored.itemIds[i]);
}

/** A look that is just as the feed has it is the feed's: so a removed one comes back as what it was. */
function sourceOf(
  { name, itemIds }: LookValues,
  before: StoredLook | undefined,
  source: LookSource,
): LookToWrite['source'] {
  return before && name === null && isSameSet(itemIds, before.feedIds) ? 'feed' : source;
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((item) => others.includes(item));
}
