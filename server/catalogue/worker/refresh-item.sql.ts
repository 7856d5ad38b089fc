import type { Queryable } from '../../db/database.ts';
import type { Validators } from '../fetch/validators.ts';
import type { ItemTask } from '../queue/tasks.ts';

/** Whether a picture is at an address, and not in a file of a feed; `m` is a row of item_images. */
export const HAS_ADDRESS = `m.source ~* '^https?://'`;
/** For how long a picture is not asked for again when a feed lists its item. */
const FRESH = `interval '1 day'`;
/** Whether job `j` asks for picture `m` again. Each job asks once, however often its tasks are repeated. */
export const IS_DUE = `${HAS_ADDRESS} and (m.asked_at is null or m.asked_at < j.created_at - case j.kind when 'images'
  then interval '0' else ${FRESH} end)`;

/** An image of an item, and what came from its address. */
export interface StoredImage extends Validators {
  readonly position: number;
  readonly source: string;
  readonly sha256: string;
  /** SHA-256 of the bytes that it was made of; null if it was never asked for. */
  readonly hash: string | null;
  /** Whether the task's job asks for it. */
  readonly isDue: boolean;
}

/** The item's images, the first one first. */
export async function listStoredImages(
  db: Queryable,
  { shopId, itemId, jobId }: ItemTask,
): Promise<StoredImage[]> {
  const { rows } = await db.query<StoredImage>(
    `select m.position, m.source, m.sha256, m.etag, m.last_modified as "lastModified", m.source_hash as hash,
       ${IS_DUE} as "isDue"
     from item_images m join import_jobs j on j.shop_id = m.shop_id and j.id = $3
     where m.shop_id = $1 and m.item_id = $2 order by m.position`,
    [shopId, itemId, jobId],
  );
  return rows;
}

/**
 * Notes that a picture is as before, for all items that have it from this address: variants share pictures. Images that
 * another transaction has locked are passed over, and asked for by themselves.
 */
export async function noteUnchanged(
  db: Queryable,
  shopId: string,
  { source, sha256 }: Pick<StoredImage, 'source' | 'sha256'>,
  version: (Validators & { readonly hash: string }) | null,
): Promise<void> {
  await db.query(
    `update item_images m set asked_at = now(), etag = case when $4::text is null then m.etag else $5 end,
       last_modified = case when $4::text is null then m.last_modified else $6 end,
       source_hash = coalesce($4, m.source_hash)
     from (select item_id, position from item_images
       where shop_id = $1 and md5(source) = md5($2) and source = $2 and sha256 = $3
       order by item_id, position for update skip locked) s
     where m.shop_id = $1 and m.item_id = s.item_id and m.position = s.position`,
    [shopId, source, sha256, version?.hash ?? null, version?.etag ?? null, version?.lastModified ?? null],
  );
}

/** Notes that these images were asked for in vain. */
export async function noteAsked(
  db: Queryable,
  { shopId, itemId }: ItemTask,
  positions: readonly number[],
): Promise<void> {
  if (positions.length === 0) return;
  await db.query(
    `update item_images set asked_at = now() where shop_id = $1 and item_id = $2 and position = any($3::smallint[])`,
    [shopId, itemId, positions],
  );
}

/** Deletes one image with its garments. */
export async function deleteImage(
  db: Queryable,
  { shopId, itemId }: { shopId: string; itemId: string },
  position: number,
): Promise<void> {
  await db.query('delete from item_images where shop_id = $1 and item_id = $2 and position = $3', [
    shopId,
    itemId,
    position,
  ]);
}

/** Moves one image with its garments to a position that is free. */
export async function moveImage(
  db: Queryable,
  { shopId, itemId }: { shopId: string; itemId: string },
  { from, to }: { from: number; to: number },
): Promise<void> {
  await db.query(
    `with moved as (
       update item_images set position = $4::smallint where shop_id = $1 and item_id = $2 and position = $3::smallint)
     update garments set image_position = $4::smallint
     where shop_id = $1 and item_id = $2 and image_position = $3::smallint`,
    [shopId, itemId, from, to],
  );
}
