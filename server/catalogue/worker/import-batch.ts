import { isDeepStrictEqual } from 'node:util';
import type { Database, Queryable, ShopQueryable } from '../../db/database.ts';
import type { Log } from '../../log.ts';
import { RowImageError, type RowWarning } from '../feed/fault.ts';
import type { FeedFiles } from '../feed/files.ts';
import type { ReadRow } from '../feed/read.ts';
import { type FeedRow, isWebLink, type RejectedRow } from '../feed/row.ts';
import { isDemoJob } from '../imports/demo.ts';
import { insertErrors, insertWarnings, lockReading, type NewWarning } from '../imports/import-job.sql.ts';
import { feedPattern, feedSleeve } from '../items/attribute-keys.ts';
import { type CategoryClaim, claimsOfItem } from '../items/claim.ts';
import { colourKeys } from '../items/colour-keys.ts';
import { type LockedItem, lockItems } from '../items/remove-items.sql.ts';
import { putFeedLooks, refreshFeedLooks } from '../looks/feed-looks.sql.ts';
import { type FeedTask, type ItemTask, storedItemTask } from '../queue/tasks.ts';
import { isWholePicture, makeSlotMatcher, type OwnSlot, type SlotMatcher } from '../slots/match-slot.ts';
import { listOwnSlots, lockSlots } from '../slots/slots.sql.ts';
import {
  addImportItems,
  type ItemToWrite,
  type KnownItem,
  listKnownItems,
  noteListed,
  writeItems,
} from './import-rows.sql.ts';
import { hashRow, isParsedAlike } from './row-hash.ts';

export interface ImportedRows {
  /** To be sent to the queue after the commit. Importing a batch again gives the same tasks. */
  readonly tasks: ItemTask[];
  readonly rejected: number;
  readonly unchanged: number;
}

export interface ImportDeps {
  readonly db: Database;
  readonly files: FeedFiles;
  readonly embeddingModel: string;
  readonly currency: string;
  readonly log: Pick<Log, 'error'>;
}

/**
 * Imports one batch of a feed: creates or updates items, puts them on the job's list and lists bad rows. Importing a batch
 * again, as after a kill, changes nothing. Nothing is imported if the job has ended, or if another attempt reads the feed.
 */
export async function importBatch(
  deps: ImportDeps,
  feed: FeedTask,
  batch: readonly ReadRow[],
): Promise<ImportedRows | 'ended' | 'superseded'> {
  for (;;) {
    const plan = await planBatch(deps, feed, batch);
    const imported = await deps.db.inShop(feed.shopId, (tx) => writeBatch(tx, feed, plan));
    if (imported !== 'outdated') return imported;
  }
}

type GoodRow = Extract<ReadRow, { row: FeedRow }>;

/** What is to be written for a batch. */
interface LandingPlan {
  /** The shop's slots that it was made with. */
  readonly slots: readonly OwnSlot[];
  readonly slotOf: SlotMatcher;
  readonly items: ItemToWrite[];
  readonly tasks: ItemTask[];
  readonly rejected: RejectedRow[];
  readonly warnings: NewWarning[];
  /** Ids of the items that are as the feed has them. */
  readonly unchanged: string[];
  /** Such items whose pictures are asked for again. */
  readonly stale: string[];
  /** What was known of the items that are not to be parsed: whether they are written or not depends on it. */
  readonly unparsed: KnownItem[];
}

async function planBatch(deps: ImportDeps, feed: FeedTask, batch: readonly ReadRow[]): Promise<LandingPlan> {
  const { shopId, jobId } = feed;
  const good = batch.flatMap((read) => ('row' in read ? [read] : []));
  const ids = good.map(({ row }) => row.id);
  const { known, slots } = await deps.db.inShop(shopId, async (tx) => ({
    known: await listKnownItems(tx, { shopId, jobId, ids }),
    slots: await listOwnSlots(tx, shopId),
  }));
  const knownById = new Map(known.map((item) => [item.id, item]));
  const rejected = batch.flatMap((read) => ('rejected' in read ? [read.rejected] : []));
  const plan: LandingPlan = {
    slots,
    slotOf: makeSlotMatcher(slots),
    items: [],
    tasks: [],
    rejected,
    warnings: [],
    unchanged: [],
    stale: [],
    unparsed: [],
  };
  for (const read of good) await planRow(deps, feed, read, knownById.get(read.row.id), plan);
  return plan;
}

async function planRow(
  deps: ImportDeps,
  feed: FeedTask,
  { number, row, warnings }: GoodRow,
  before: KnownItem | undefined,
  plan: LandingPlan,
): Promise<void> {
  const warn = (more: readonly RowWarning[]) =>
    plan.warnings.push(...more.map((warning) => ({ ...warning, row: number, itemId: row.id })));
  if (before?.importState && before.hash) {
    warn(warnings);
    // This job imported the row before it was killed.
    if (before.importState === 'pending') {
      // Of an item that is ready, only the pictures were to be asked for.
      const isStored = before.state === 'ready';
      // The hash is that of the row which a later import has brought: its pictures are not these.
      const hash = before.isListedLater ? '' : before.hash;
      plan.tasks.push(
        isStored ? refresh(feed, number, { row, hash }, 'unchanged') : toTask(feed, number, row, hash),
      );
    }
    return;
  }
  const hashed = await hashRow(row, deps).catch((error: unknown) => {
    if (!(error instanceof RowImageError)) throw error;
    const { code, message: reason } = error;
    plan.rejected.push({ row: number, itemId: row.id, column: 'image_link', code, reason });
    return null;
  });
  if (hashed === null) return;
  const { hash, images, faults } = hashed;
  warn(warnings);
  warn(faults.map(({ code, message }) => ({ column: 'additional_image_link', code, reason: message })));
  const ownSlot = plan.slotOf(row);
  // What could not be had before is asked for by every import, until it is there.
  const isIncomplete = before !== undefined && images.filter(isWebLink).length > before.addressed;
  const asks = before?.state === 'ready' && (before.isStale || isIncomplete);
  const staysInSlot = before?.ownSlot === ownSlot && before.wholePicture === isWholePicture(ownSlot, row);
  if (before?.state === 'ready' && before.hash === hash && staysInSlot) {
    if (asks) plan.tasks.push(refresh(feed, number, { row, hash }, 'unchanged'));
    (asks ? plan.stale : plan.unchanged).push(row.id);
    plan.unparsed.push(before);
    return;
  }
  const parse = before?.state !== 'ready' || !isParsedAlike(hash, before.hash) || !staysInSlot;
  const { currency } = deps;
  plan.items.push(
    toItemToWrite(row, { rowNumber: number, hash, parse, refresh: !parse && asks, currency, ownSlot }),
  );
  if (!parse) plan.unparsed.push(before);
  if (parse) plan.tasks.push(toTask(feed, number, { ...row, images }, hash));
  else if (asks) plan.tasks.push(refresh(feed, number, { row, hash }, 'ready'));
}

async function writeBatch(
  tx: ShopQueryable,
  { shopId, jobId, attempt }: FeedTask,
  { slots, items: planned, tasks, rejected, warnings, unchanged, stale, unparsed }: LandingPlan,
): Promise<ImportedRows | 'ended' | 'superseded' | 'outdated'> {
  const reading = await lockReading(tx, jobId);
  if (reading?.attempt !== attempt) return reading ? 'superseded' : 'ended';
  await lockSlots(tx, shopId, 'use');
  if (!isDeepStrictEqual(await listOwnSlots(tx, shopId), slots)) return 'outdated';
  // All at once and in order, since another server may write a feed of the shop as well.
  const written = planned.map(({ id }) => id);
  const locked = await lockItems(tx, shopId, [...written, ...unchanged, ...stale]);
  // Others may have changed since what the plan was made with.
  const lockedById = new Map(locked.map((item) => [item.id, item]));
  if (!unparsed.every((item) => isAsBefore(item, lockedById.get(item.id)))) return 'outdated';
  // Each row counts for its item: from now on an earlier import that replaces the shop keeps it.
  const ids = [...unchanged, ...stale];
  if (ids.length > 0) await noteListed(tx, { shopId, jobId, ids });
  const now = await listKnownItems(tx, { shopId, jobId, ids: written });
  const later = new Map(
    now
      .filter(({ isListedLater }) => isListedLater)
      .map(({ id, hash }) => [id, hash ? LISTED_LATER : LEFT_OUT]),
  );
  const items = planned.filter(({ id }) => !later.has(id));
  if (items.length > 0) {
    // The list goes first: if a slow process and the one that took over its claim both read the feed, the second finds
    // every row listed and does not set parsed items back to pending.
    const listed = new Set(await addImportItems(tx, { shopId, jobId }, items.map(toListed)));
    const fresh = items.filter(({ id }) => listed.has(id));
    if (fresh.length > 0) {
      await landItems(tx, { shopId, jobId, drawn: isDemoJob(shopId, jobId) }, fresh);
    }
  }
  await addImportItems(
    tx,
    { shopId, jobId },
    stale.map((id) => ({ id, pending: true })),
  );
  await insertErrors(tx, { shopId, jobId }, rejected);
  const kept = planned.flatMap(({ id: itemId, rowNumber: row }) => {
    const reason = later.get(itemId);
    return reason === undefined ? [] : [{ row, itemId, column: 'id', code: 'LISTED_LATER', reason }];
  });
  await insertWarnings(tx, { shopId, jobId }, 'reading', [...warnings, ...kept]);
  return {
    tasks: tasks.filter(({ itemId }) => !later.has(itemId)),
    rejected: rejected.length,
    unchanged: unchanged.length + kept.length,
  };
}

const LISTED_LATER = 'A later import lists this item, which stays as that one has it.';
const LEFT_OUT = 'A later import has replaced the shop without this item.';

/** Whether nobody has deleted the item since, or brought it other texts or pictures. */
const isAsBefore = (before: KnownItem, now: LockedItem | undefined) =>
  now !== undefined &&
  isDeepStrictEqual(
    [before.hash, before.state, before.ownSlot, before.wholePicture],
    [now.hash, now.state, now.ownSlot, now.wholePicture],
  );

const toListed = ({ id, parse, refresh }: ItemToWrite) => ({ id, pending: parse || refresh });

async function landItems(
  tx: Queryable,
  of: { shopId: string; jobId: string; drawn: boolean },
  items: readonly ItemToWrite[],
): Promise<void> {
  await writeItems(tx, of, items);
  const lookIds = await putFeedLooks(tx, of.shopId, items);
  if (lookIds.length > 0) await refreshFeedLooks(tx, of.shopId, lookIds);
}

function toItemToWrite(
  { images: _, ...row }: FeedRow,
  {
    currency,
    ...made
  }: Pick<ItemToWrite, 'rowNumber' | 'hash' | 'parse' | 'refresh' | 'ownSlot'> & { currency: string },
): ItemToWrite {
  const priced = row.priceMinor !== undefined || row.salePriceMinor !== undefined;
  const claim = claimsOfItem(row)[0];
  return {
    ...row,
    ...made,
    currency: priced ? (row.currency ?? currency) : undefined,
    feedCategory: onlyCategory(claim),
    feedColours: row.color === undefined ? undefined : colourKeys(row.color),
    feedPattern: feedPattern(row),
    feedSleeve: feedSleeve(row),
  };
}

function onlyCategory(claim: CategoryClaim | undefined): number | null {
  return claim?.kind === 'garment' && claim.categories.length === 1 ? claim.categories[0]! : null;
}

function refresh(
  feed: FeedTask,
  number: number,
  { row, hash }: { row: Pick<FeedRow, 'id' | 'images'>; hash: string },
  asBefore: 'unchanged' | 'ready',
): ItemTask {
  return { ...storedItemTask(feed, row.id, number, { refresh: asBefore }), hash, images: row.images };
}

function toTask(feed: FeedTask, number: number, row: FeedRow, hash: string): ItemTask {
  const { id: itemId, images, title, googleProductCategory, productType } = row;
  return { ...feed, itemId, row: number, hash, images, title, googleProductCategory, productType };
}
