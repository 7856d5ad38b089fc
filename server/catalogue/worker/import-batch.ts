import { isDeepStrictEqual } from 'node:util';
import type { Database, Queryable } from '../../db/database.ts';
import type { Log } from '../../log.ts';
import { RowImageError } from '../feed/fault.ts';
import type { FeedFiles } from '../feed/files.ts';
import type { ReadRow } from '../feed/read.ts';
import type { FeedRow, RejectedRow } from '../feed/row.ts';
import { isDemoJob } from '../imports/demo.ts';
import { insertErrors, lockReading } from '../imports/import-job.sql.ts';
import { type CategoryClaim, claimsOfItem } from '../items/claim.ts';
import { putFeedLooks, refreshFeedLooks } from '../looks/feed-looks.sql.ts';
import type { FeedTask, ItemTask } from '../queue/tasks.ts';
import { isWholePicture, makeSlotMatcher, type OwnSlot, type SlotMatcher } from '../slots/match-slot.ts';
import { listOwnSlots, lockSlots } from '../slots/slots.sql.ts';
import {
  addImportItems,
  type ItemToWrite,
  type KnownItem,
  listKnownItems,
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
    if (imported !== 'slots changed') return imported;
  }
}

/** What is to be written for a batch. */
interface LandingPlan {
  /** The shop's slots that it was made with. */
  readonly slots: readonly OwnSlot[];
  readonly slotOf: SlotMatcher;
  readonly items: ItemToWrite[];
  readonly tasks: ItemTask[];
  readonly rejected: RejectedRow[];
  unchanged: number;
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
    unchanged: 0,
  };
  for (const { number, row } of good) await planRow(deps, feed, { number, row }, knownById.get(row.id), plan);
  return plan;
}

async function planRow(
  deps: ImportDeps,
  feed: FeedTask,
  { number, row }: { number: number; row: FeedRow },
  before: KnownItem | undefined,
  plan: LandingPlan,
): Promise<void> {
  if (before?.importState && before.hash) {
    // This job imported the row before it was killed.
    if (before.importState === 'pending') plan.tasks.push(toTask(feed, number, row, before.hash));
    return;
  }
  const hash = await hashRow(row, deps).catch((error: unknown) => {
    if (!(error instanceof RowImageError)) throw error;
    plan.rejected.push({ row: number, itemId: row.id, code: error.code, reason: error.message });
    return null;
  });
  if (hash === null) return;
  const ownSlot = plan.slotOf(row);
  const staysInSlot = before?.ownSlot === ownSlot && before.wholePicture === isWholePicture(ownSlot, row);
  if (before?.state === 'ready' && before.hash === hash && staysInSlot) {
    plan.unchanged += 1;
    return;
  }
  const parse = before?.state !== 'ready' || !isParsedAlike(hash, before.hash) || !staysInSlot;
  plan.items.push(toItemToWrite(row, { hash, parse, currency: deps.currency, ownSlot }));
  if (parse) plan.tasks.push(toTask(feed, number, row, hash));
}

async function writeBatch(
  tx: Queryable,
  { shopId, jobId, attempt }: FeedTask,
  { slots, items, tasks, rejected, unchanged }: LandingPlan,
): Promise<ImportedRows | 'ended' | 'superseded' | 'slots changed'> {
  const reading = await lockReading(tx, jobId);
  if (reading?.attempt !== attempt) return reading ? 'superseded' : 'ended';
  await lockSlots(tx, shopId, 'use');
  if (!isDeepStrictEqual(await listOwnSlots(tx, shopId), slots)) return 'slots changed';
  if (items.length > 0) {
    // The list goes first: if a slow process and the one that took over its claim both read the feed, the second finds
    // every row listed and does not set parsed items back to pending.
    const listed = new Set(await addImportItems(tx, { shopId, jobId }, items));
    const fresh = items.filter(({ id }) => listed.has(id));
    if (fresh.length > 0) await landItems(tx, { shopId, drawn: isDemoJob(shopId, jobId) }, fresh);
  }
  await insertErrors(tx, { shopId, jobId }, rejected);
  return { tasks, rejected: rejected.length, unchanged };
}

async function landItems(
  tx: Queryable,
  of: { shopId: string; drawn: boolean },
  items: readonly ItemToWrite[],
): Promise<void> {
  await writeItems(tx, of, items);
  const lookIds = await putFeedLooks(tx, of.shopId, items);
  if (lookIds.length > 0) await refreshFeedLooks(tx, of.shopId, lookIds);
}

function toItemToWrite(
  { images: _, ...row }: FeedRow,
  { currency, ...made }: Pick<ItemToWrite, 'hash' | 'parse' | 'ownSlot'> & { currency: string },
): ItemToWrite {
  const priced = row.priceMinor !== undefined || row.salePriceMinor !== undefined;
  const claim = claimsOfItem(row)[0];
  return {
    ...row,
    ...made,
    currency: priced ? (row.currency ?? currency) : undefined,
    feedCategory: onlyCategory(claim),
  };
}

function onlyCategory(claim: CategoryClaim | undefined): number | null {
  return claim?.kind === 'garment' && claim.categories.length === 1 ? claim.categories[0]! : null;
}

function toTask(feed: FeedTask, number: number, row: FeedRow, hash: string): ItemTask {
  const { id: itemId, images, title, googleProductCategory, productType } = row;
  return { ...feed, itemId, row: number, hash, images, title, googleProductCategory, productType };
}
