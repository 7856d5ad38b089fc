import type { Queryable } from '../../db/database.ts';

/** The items after `after` that a job waits for, by id. */
export async function listPendingIds(
  db: Queryable,
  page: { shopId: string; jobId: string; after: string; limit: number },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select item_id as id from import_items
     where shop_id = $1 and job_id = $2 and state = 'pending' and item_id > $3 order by item_id limit $4`,
    [page.shopId, page.jobId, page.after, page.limit],
  );
  return rows.map(({ id }) => id);
}
