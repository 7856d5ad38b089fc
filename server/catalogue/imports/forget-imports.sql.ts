import type { Queryable } from '../../db/database.ts';

/** Of a shop, with whatever they list. */
const MOST_KEPT = 100;
/** Others are kept for so long after their end. */
const KEPT_FOR = `interval '7 days'`;

/** Shops that have imports to forget. Runs as the owner. */
export async function listShopsToForgetFor(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ shopId: string }>(
    `select shop_id as "shopId" from import_jobs where state <> 'running' group by shop_id
     having count(*) > ${MOST_KEPT} and min(finished_at) < now() - ${KEPT_FOR}`,
  );
  return rows.map(({ shopId }) => shopId);
}

/** Forgets up to `limit` items and errors of the shop's oldest import that is to go, or what is left of it. False if none is. */
export async function forgetPart(
  db: Queryable,
  shopId: string,
  { but, limit }: { but: readonly string[]; limit: number },
): Promise<boolean> {
  // Nobody tries it again meanwhile.
  const { rows } = await db.query<{ id: string }>(
    `select id from import_jobs
     where shop_id = $1 and state <> 'running' and finished_at < now() - ${KEPT_FOR} and id <> all($2::uuid[])
       and number <= (select number from import_jobs where shop_id = $1 and state <> 'running'
         order by number desc offset ${MOST_KEPT} limit 1)
     order by number limit 1 for update`,
    [shopId, but],
  );
  const id = rows[0]?.id;
  if (id === undefined) return false;
  const items = await db.query(
    `delete from import_items where shop_id = $1 and job_id = $2 and item_id = any(array(
       select item_id from import_items where shop_id = $1 and job_id = $2 limit $3))`,
    [shopId, id, limit],
  );
  const errors = await db.query(
    `delete from import_errors where shop_id = $1 and job_id = $2 and row_number = any(array(
       select row_number from import_errors where shop_id = $1 and job_id = $2 limit $3))`,
    [shopId, id, limit],
  );
  if (Math.max(items.rowCount ?? 0, errors.rowCount ?? 0) < limit) {
    await db.query('delete from import_jobs where shop_id = $1 and id = $2', [shopId, id]);
  }
  return true;
}
