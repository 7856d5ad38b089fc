import type { Queryable } from '../../db/database.ts';
import { insertGarments } from '../../garments/garments.sql.ts';
import type { IngestedImage } from '../../vision/ingest.ts';
import { listCorrections } from '../items/corrections.sql.ts';
import { keepCorrections } from '../items/corrections.ts';
import type { PrimaryChoice } from '../items/primary.ts';
import type { ItemTask } from '../queue/tasks.ts';

export interface ItemToParse {
  /** `content_hash` in hex. */
  readonly hash: string;
  readonly state: 'pending' | 'ready' | 'failed';
  /** How the job that the task belongs to has left the item; `cancelled` as soon as the job is. */
  readonly landed: 'pending' | 'ready' | 'failed' | 'cancelled';
}

/** Null where the item or its job is gone, and where the job was tried again and has a task of its own for it. */
export async function findItemToParse(db: Queryable, task: ItemTask): Promise<ItemToParse | null> {
  const { rows } = await db.query<ItemToParse>(
    `select encode(i.content_hash, 'hex') as hash, i.state,
       case when a.state = 'cancelled' then 'cancelled' else j.state end as landed
     from items i join import_items j on j.shop_id = i.shop_id and j.item_id = i.id
     join import_jobs a on a.shop_id = j.shop_id and a.id = j.job_id
     where i.shop_id = $1 and i.id = $2 and j.job_id = $3 and a.attempt = $4`,
    [task.shopId, task.itemId, task.jobId, task.attempt],
  );
  return rows[0] ?? null;
}

/** Ends the task in its job's list; false where it was ended before, or the job cancelled. */
export async function settleImportItem(
  db: Queryable,
  task: ItemTask,
  state: 'ready' | 'failed',
  garments = 0,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update import_items set state = $4, garments = $5, settled_at = now()
     where shop_id = $1 and job_id = $2 and item_id = $3 and state = 'pending' and not exists (
       select from import_jobs where shop_id = $1 and id = $2 and state = 'cancelled')`,
    [task.shopId, task.jobId, task.itemId, state, garments],
  );
  return rowCount === 1;
}

/** Changes the item's state if it still is what the task was made of; a later feed's row is left alone. */
export async function settleItem(
  db: Queryable,
  task: ItemTask,
  state: 'ready' | 'failed',
  failure: string | null,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update items set state = $4, failure = $5, updated_at = now()
     where shop_id = $1 and id = $2 and content_hash = decode($3, 'hex')`,
    [task.shopId, task.itemId, task.hash, state, failure],
  );
  return rowCount === 1;
}

/** Puts these images and their garments in the place of the item's former ones, whose SHA-256 it returns. */
export async function replaceImages(
  db: Queryable,
  { shopId, itemId }: ItemTask,
  images: readonly (IngestedImage & { source: string })[],
  primary: PrimaryChoice | null,
  embeddingModel: string,
): Promise<string[]> {
  const corrections = await listCorrections(db, shopId, itemId);
  // Their garments go with them.
  const { rows: former } = await db.query<{ sha256: string }>(
    'delete from item_images where shop_id = $1 and item_id = $2 returning sha256',
    [shopId, itemId],
  );
  for (const [position, image] of images.entries()) {
    await db.query(
      `insert into item_images (shop_id, item_id, position, source, sha256, width, height)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [shopId, itemId, position, image.source, image.sha256, image.width, image.height],
    );
    await insertGarments(db, {
      shopId,
      embeddingModel,
      garments: image.garments,
      itemId,
      imagePosition: position,
      primary: primary?.image === position ? primary.garment : undefined,
    });
  }
  await keepCorrections(db, { shopId, itemId }, corrections);
  return former.map(({ sha256 }) => sha256);
}
