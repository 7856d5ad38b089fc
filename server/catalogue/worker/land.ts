import { createHash } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { isRefusal } from '../../errors/outage.ts';
import type { Log } from '../../log.ts';
import { RowImageError } from '../feed/fault.ts';
import type { FeedFiles } from '../feed/files.ts';
import type { ReadRow } from '../feed/read.ts';
import { type FeedRow, isWebLink, type RejectedRow } from '../feed/row.ts';
import { insertErrors, lockReading } from '../imports/import-job.sql.ts';
import { type CategoryClaim, claimsOfItem } from '../items/claim.ts';
import type { FeedTask, ItemTask } from '../queue/tasks.ts';
import { type KnownItem, type LandingRow, landImportItems, landItems, listKnownItems } from './land.sql.ts';

export interface Landed {
  /** To be sent to the queue once the rows are committed; the same tasks again when a batch lands twice. */
  readonly tasks: ItemTask[];
  readonly rejected: number;
  readonly unchanged: number;
}

export interface LandingDeps {
  readonly db: Database;
  readonly files: FeedFiles;
  readonly embeddingModel: string;
  readonly currency: string;
  readonly log: Pick<Log, 'error'>;
}

/**
 * Lands one batch of a feed as `landBatch` does. Where the database refuses a row, that row is rejected and the others
 * land: whatever a shop writes into one, it stops no feed.
 */
export async function landRows(
  deps: LandingDeps,
  feed: FeedTask,
  batch: readonly ReadRow[],
): Promise<Landed | 'ended' | 'superseded'> {
  try {
    return await landBatch(deps, feed, batch);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const [only] = batch;
    if (batch.length === 1 && only && 'row' in only) {
      const reference = deps.log.error(`Row ${only.number} of import ${feed.jobId} was refused.`, error);
      const reason = `The database cannot keep this row (${reference}).`;
      const { number, row } = only;
      const rejected: RejectedRow = { row: number, itemId: row.id, code: 'INVALID_ROW', reason };
      return landBatch(deps, feed, [{ number, rejected }]);
    }
    if (batch.length === 1) throw error;
    const middle = Math.ceil(batch.length / 2);
    const first = await landRows(deps, feed, batch.slice(0, middle));
    if (typeof first === 'string') return first;
    const second = await landRows(deps, feed, batch.slice(middle));
    if (typeof second === 'string') return second;
    return {
      tasks: [...first.tasks, ...second.tasks],
      rejected: first.rejected + second.rejected,
      unchanged: first.unchanged + second.unchanged,
    };
  }
}

/**
 * Lands one batch of a feed: items made or changed, put on the job's list, bad rows listed. Landing the same batch
 * twice, as after a kill, is landing it once. Lands nothing where the job has ended (it was cancelled), or where it
 * was tried again and another reader has it.
 */
export async function landBatch(
  deps: LandingDeps,
  feed: FeedTask,
  batch: readonly ReadRow[],
): Promise<Landed | 'ended' | 'superseded'> {
  const { shopId, jobId, attempt } = feed;
  const rejected: RejectedRow[] = batch.flatMap((read) => ('rejected' in read ? [read.rejected] : []));
  const good = batch.flatMap((read) => ('row' in read ? [read] : []));
  const ids = good.map(({ row }) => row.id);
  const known = await deps.db.inShop(shopId, (tx) => listKnownItems(tx, { shopId, jobId, ids }));
  const knownById = new Map(known.map((item) => [item.id, item]));

  const landing: LandingRow[] = [];
  const tasks: ItemTask[] = [];
  let unchanged = 0;
  for (const { number, row } of good) {
    const before = knownById.get(row.id);
    if (before?.landed && before.hash) {
      // Before a kill, this job had come as far as this row.
      if (before.landed === 'pending') tasks.push(toTask(feed, number, row, before.hash));
      continue;
    }
    const hash = await hashRow(row, deps).catch((error: unknown) => {
      if (!(error instanceof RowImageError)) throw error;
      rejected.push({ row: number, itemId: row.id, code: error.code, reason: error.message });
      return null;
    });
    if (hash === null) continue;
    if (before?.state === 'ready' && before.hash === hash) {
      unchanged += 1;
      continue;
    }
    const parse = needsParsing(before, hash);
    landing.push(toLandingRow(row, { hash, parse, currency: deps.currency }));
    if (parse) tasks.push(toTask(feed, number, row, hash));
  }
  return deps.db.inShop(shopId, async (tx) => {
    const reading = await lockReading(tx, jobId);
    if (reading?.attempt !== attempt) return reading ? 'superseded' : 'ended';
    if (landing.length > 0) {
      // The list first: of two readers of one feed (a claim that ran out while its process was only slow), the second
      // finds every row listed and sets no parsed item back to pending.
      const listed = new Set(await landImportItems(tx, { shopId, jobId }, landing));
      const fresh = landing.filter(({ id }) => listed.has(id));
      if (fresh.length > 0) await landItems(tx, shopId, fresh);
    }
    await insertErrors(tx, { shopId, jobId }, rejected);
    return { tasks, rejected: rejected.length, unchanged };
  });
}

const HALF = 64;

function needsParsing(before: KnownItem | undefined, hash: string): boolean {
  return before?.state !== 'ready' || before.hash?.slice(HALF) !== hash.slice(HALF);
}

/** Two SHA-256 in hex: of the row, and of what its parsing depends on. */
async function hashRow(row: FeedRow, deps: { files: FeedFiles; embeddingModel: string }): Promise<string> {
  const identities: string[] = [];
  for (const image of row.images) {
    identities.push(isWebLink(image) ? image : sha256(await deps.files.readImage(image)));
  }
  return (
    sha256(JSON.stringify(row)) + sha256(JSON.stringify([deps.embeddingModel, claimsOfItem(row), identities]))
  );
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function toLandingRow(
  { images: _, productType: __, ...row }: FeedRow,
  { hash, parse, currency }: { hash: string; parse: boolean; currency: string },
): LandingRow {
  const priced = row.priceMinor !== undefined || row.salePriceMinor !== undefined;
  const claim = claimsOfItem({ ...row, productType: __ })[0];
  return {
    ...row,
    currency: priced ? (row.currency ?? currency) : undefined,
    feedCategory: onlyCategory(claim),
    hash,
    parse,
  };
}

function onlyCategory(claim: CategoryClaim | undefined): number | null {
  return claim?.kind === 'garment' && claim.categories.length === 1 ? claim.categories[0]! : null;
}

function toTask(feed: FeedTask, number: number, row: FeedRow, hash: string): ItemTask {
  const { id: itemId, images, title, googleProductCategory, productType } = row;
  return { ...feed, itemId, row: number, hash, images, title, googleProductCategory, productType };
}
