import type { Queryable } from '../../db/database.ts';

/**
 * Tells the planner what a large feed has brought: without it, PostgreSQL expects a row or two until its autovacuum has
 * come by, and the embedded database, which has none, for ever. Some thousand rows are looked at. Runs as the owner.
 */
export async function gatherStatistics(db: Queryable): Promise<void> {
  await db.query('set local default_statistics_target = 10');
  await db.query(
    `analyze (skip_locked) import_items, import_errors (shop_id, job_id, row_number),
       items (shop_id, id, created_at, state), item_images (shop_id, item_id, position, sha256), pgboss.job`,
  );
}
