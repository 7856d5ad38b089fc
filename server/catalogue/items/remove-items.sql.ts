import type { Queryable } from '../../db/database.ts';

export interface LockedItem {
  readonly id: string;
  /** `content_hash` in hex. */
  readonly hash: string;
  readonly state: 'pending' | 'ready' | 'failed';
  readonly ownSlot: string | null;
  readonly wholePicture: boolean;
}

/** Locks them in the order in which others lock items. Returns those that exist. */
export async function lockItems(
  db: Queryable,
  shopId: string,
  ids: readonly string[],
): Promise<LockedItem[]> {
  const { rows } = await db.query<LockedItem>(
    `select id, encode(content_hash, 'hex') as hash, state, own_slot as "ownSlot", whole_picture as "wholePicture"
     from items where shop_id = $1 and id = any($2::text[]) order by id for update`,
    [shopId, ids],
  );
  return rows;
}

/** Deletes these items, which are locked, with their images and garments; returns those that existed, with the SHA-256 of their images. */
export async function deleteItems(
  db: Queryable,
  shopId: string,
  ids: readonly string[],
): Promise<{ id: string; images: string[] }[]> {
  const images = await db.query<{ itemId: string; sha256: string }>(
    'select item_id as "itemId", sha256 from item_images where shop_id = $1 and item_id = any($2::text[])',
    [shopId, ids],
  );
  const gone = await db.query<{ id: string }>(
    'delete from items where shop_id = $1 and id = any($2::text[]) returning id',
    [shopId, ids],
  );
  const byItem = new Map(gone.rows.map(({ id }) => [id, [] as string[]]));
  for (const { itemId, sha256 } of images.rows) byItem.get(itemId)?.push(sha256);
  return [...byItem].map(([id, images]) => ({ id, images })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Removes items from the jobs that wait for them, which count them as deleted. */
export async function dropPendingItems(db: Queryable, shopId: string, ids: readonly string[]): Promise<void> {
  const { rows } = await db.query<{ jobId: string }>(
    `delete from import_items where shop_id = $1 and item_id = any($2::text[]) and state = 'pending'
     returning job_id as "jobId"`,
    [shopId, ids],
  );
  for (const jobId of [...new Set(rows.map((row) => row.jobId))].sort()) {
    await addDeleted(db, shopId, jobId, rows.filter((row) => row.jobId === jobId).length);
  }
}

/** Counts items that a job does without. */
export async function addDeleted(db: Queryable, shopId: string, jobId: string, items: number): Promise<void> {
  await db.query('update import_jobs set items_deleted = items_deleted + $3 where shop_id = $1 and id = $2', [
    shopId,
    jobId,
    items,
  ]);
}

/** Some of the demo's drawn items that the shop still has. */
export async function listDrawnItems(db: Queryable, shopId: string, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select id from items where shop_id = $1 and is_drawn limit $2',
    [shopId, limit],
  );
  return rows.map(({ id }) => id);
}

export interface EarlierItem {
  readonly id: string;
  /** Whether an import that was accepted after the job has listed it. */
  readonly listedLater: boolean;
}

/** Ids after `after`, in order, of the items that are from before a job, by the order in which imports were accepted. */
export async function pageEarlierItems(
  db: Queryable,
  page: { shopId: string; jobId: string; after: string; limit: number },
): Promise<EarlierItem[]> {
  const { rows } = await db.query<EarlierItem>(
    `select i.id, i.last_job > j.number as "listedLater"
     from items i join import_jobs j on j.shop_id = i.shop_id and j.id = $2
     where i.shop_id = $1 and i.id > $3 and i.first_job < j.number
     order by i.id limit $4`,
    [page.shopId, page.jobId, page.after, page.limit],
  );
  return rows;
}

/** Those of these items that neither this job nor a later one has listed. */
export async function listUnlisted(
  db: Queryable,
  { shopId, jobId, ids }: { shopId: string; jobId: string; ids: readonly string[] },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select i.id from items i join import_jobs j on j.shop_id = i.shop_id and j.id = $2
     where i.shop_id = $1 and i.id = any($3::text[]) and i.last_job < j.number`,
    [shopId, jobId, ids],
  );
  return rows.map(({ id }) => id);
}
