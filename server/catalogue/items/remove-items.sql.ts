import type { Queryable } from '../../db/database.ts';

/** Locks them in the order in which others lock items. */
export async function lockItems(db: Queryable, shopId: string, ids: readonly string[]): Promise<void> {
  await db.query('select from items where shop_id = $1 and id = any($2::text[]) order by id for update', [
    shopId,
    ids,
  ]);
}

/** Deletes these items with their images and garments; returns those that existed, with the SHA-256 of their images. */
export async function deleteItems(
  db: Queryable,
  shopId: string,
  ids: readonly string[],
): Promise<{ id: string; images: string[] }[]> {
  const { rows } = await db.query<{ id: string; images: string[] }>(
    // The statement still sees the images as they were before.
    `with gone as (delete from items where shop_id = $1 and id = any($2::text[]) returning shop_id, id)
     select g.id, coalesce(array_agg(m.sha256) filter (where m.sha256 is not null), '{}') as images
     from gone g left join item_images m on m.shop_id = g.shop_id and m.item_id = g.id
     group by g.id order by g.id`,
    [shopId, ids],
  );
  return rows;
}

/** Removes items from the jobs that wait for them. */
export async function dropPendingItems(db: Queryable, shopId: string, ids: readonly string[]): Promise<void> {
  await db.query(
    `delete from import_items where shop_id = $1 and item_id = any($2::text[]) and state = 'pending'`,
    [shopId, ids],
  );
}

/** Some of the demo's drawn items that the shop still has. */
export async function listDrawnItems(db: Queryable, shopId: string, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select id from items where shop_id = $1 and is_drawn limit $2',
    [shopId, limit],
  );
  return rows.map(({ id }) => id);
}

/** Ids after `after`, in order, of the items that existed when a job began. */
export async function listItemIds(
  db: Queryable,
  page: { shopId: string; jobId: string; after: string; limit: number },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select i.id from items i join import_jobs j on j.shop_id = i.shop_id and j.id = $2
     where i.shop_id = $1 and i.id > $3 and i.created_at < j.created_at
     order by i.id limit $4`,
    [page.shopId, page.jobId, page.after, page.limit],
  );
  return rows.map(({ id }) => id);
}
