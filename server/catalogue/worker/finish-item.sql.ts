import type { Queryable } from '../../db/database.ts';
import type { IngestedImage } from '../../vision/ingest.ts';
import type { Validators } from '../fetch/validators.ts';
import { leaveUnparsed } from '../imports/import-job.sql.ts';
import { addDeleted } from '../items/remove-items.sql.ts';
import type { ItemTask } from '../queue/tasks.ts';

export interface ItemToParse {
  /** `content_hash` in hex. */
  readonly hash: string;
  readonly state: 'pending' | 'ready' | 'failed';
  /** A merchandiser has said that it is clothing. */
  readonly matchByHand: boolean;
  /** The shop's slot that it is in now. */
  readonly ownSlot: string | null;
  /** The item's state on the list of the task's job; `cancelled` as soon as the job is. */
  readonly importState: 'pending' | 'ready' | 'failed' | 'cancelled';
}

/** Null if the item or its job is gone, or if the job was retried and has another task for the item. */
export async function findItemToParse(db: Queryable, task: ItemTask): Promise<ItemToParse | null> {
  const { rows } = await db.query<ItemToParse>(
    `select encode(i.content_hash, 'hex') as hash, i.state, i.match_by_hand as "matchByHand",
       i.own_slot as "ownSlot",
       case when a.state = 'cancelled' then 'cancelled' else j.state end as "importState"
     from items i join import_items j on j.shop_id = i.shop_id and j.item_id = i.id
     join import_jobs a on a.shop_id = j.shop_id and a.id = j.job_id
     where i.shop_id = $1 and i.id = $2 and j.job_id = $3 and a.attempt = $4`,
    [task.shopId, task.itemId, task.jobId, task.attempt],
  );
  return rows[0] ?? null;
}

/** Ends the task on its job's list; false if it had ended before or the job is cancelled. */
export async function finishImportItem(
  db: Queryable,
  task: ItemTask,
  state: 'ready' | 'unchanged' | 'failed',
  garments = 0,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update import_items set state = case when $4 = 'unchanged' then 'ready' else $4 end, unchanged = $4 = 'unchanged',
       garments = $5, settled_at = now()
     where shop_id = $1 and job_id = $2 and item_id = $3 and state = 'pending' and not exists (
       select from import_jobs where shop_id = $1 and id = $2 and state = 'cancelled')`,
    [task.shopId, task.jobId, task.itemId, state, garments],
  );
  return rowCount === 1;
}

/**
 * For a task that ends without parsing its item: the feed that has the item pending may have been cancelled, and have left
 * it to this task, which was on another list.
 */
export function leaveIfCancelled(db: Queryable, { shopId, jobId, itemId }: ItemTask): Promise<void> {
  return leaveUnparsed(db, { shopId, jobId, ids: [itemId] });
}

/**
 * Takes an item that is gone off the list of the task's job, which would wait for it for ever: whoever deleted it may have
 * looked at the list just before a feed that names it put it there.
 */
export async function dropImportItem(db: Queryable, task: ItemTask): Promise<void> {
  const { rowCount } = await db.query(
    `delete from import_items where shop_id = $1 and job_id = $2 and item_id = $3 and state = 'pending'
       and not exists (select from items where shop_id = $1 and id = $3)`,
    [task.shopId, task.jobId, task.itemId],
  );
  if (rowCount === 1) await addDeleted(db, task.shopId, task.jobId, 1);
}

/** Marks the item as failed, unless a later feed has changed the row since the task was made, or another import has parsed it. */
export async function failItem(db: Queryable, task: ItemTask, failure: string): Promise<void> {
  await db.query(
    `update items set state = 'failed', failure = $4, updated_at = now()
     where shop_id = $1 and id = $2 and content_hash = decode($3, 'hex') and state <> 'ready'`,
    [task.shopId, task.itemId, task.hash, failure],
  );
}

/** What an item was parsed as. */
export interface ParsedAs {
  readonly ownSlot: string | null;
  readonly wholePicture: boolean;
  /** Why it is not matched. */
  readonly unmatchedReason: string | null;
}

/**
 * Marks the item as ready; false if it is gone or a later feed has changed the row since the task was made. Null if it
 * has come into another slot meanwhile and must be parsed again.
 */
export async function finishItem(
  db: Queryable,
  task: Pick<ItemTask, 'shopId' | 'itemId' | 'hash'>,
  { ownSlot, wholePicture, unmatchedReason }: ParsedAs,
): Promise<boolean | null> {
  const values = [task.shopId, task.itemId, task.hash];
  const { rowCount } = await db.query(
    `update items set state = 'ready', failure = $5, whole_picture = $6, updated_at = now()
     where shop_id = $1 and id = $2 and content_hash = decode($3, 'hex') and own_slot is not distinct from $4`,
    [...values, ownSlot, unmatchedReason, wholePicture],
  );
  if (rowCount === 1) return true;
  const { rows } = await db.query(
    `select from items where shop_id = $1 and id = $2 and content_hash = decode($3, 'hex')`,
    values,
  );
  return rows.length === 0 ? false : null;
}

/** Where an image is from. */
export interface SourcedImage {
  /** A path beside the feed, or an address. */
  readonly source: string;
  /** For an address: what its server said of this version, and the SHA-256 of the bytes in hex. */
  readonly fetched?: (Validators & { readonly hash: string }) | undefined;
}

/** Deletes the item's images, and their garments with them. Returns the SHA-256 of each. */
export async function deleteImages(
  db: Queryable,
  { shopId, itemId }: { shopId: string; itemId: string },
): Promise<string[]> {
  const { rows } = await db.query<{ sha256: string }>(
    'delete from item_images where shop_id = $1 and item_id = $2 returning sha256',
    [shopId, itemId],
  );
  return rows.map(({ sha256 }) => sha256);
}

export async function insertImage(
  db: Queryable,
  { shopId, itemId }: { shopId: string; itemId: string },
  position: number,
  image: Pick<IngestedImage, 'sha256' | 'width' | 'height'> & SourcedImage,
): Promise<void> {
  const { fetched } = image;
  await db.query(
    `insert into item_images
       (shop_id, item_id, position, source, sha256, width, height, etag, last_modified, source_hash, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $10::text is not null then now() end)`,
    [
      ...[shopId, itemId, position, image.source, image.sha256, image.width, image.height],
      ...[fetched?.etag, fetched?.lastModified, fetched?.hash].map((value) => value ?? null),
    ],
  );
}
