import type { Queryable } from '../../db/database.ts';

/**
 * Updates the planner's statistics after a large feed. PostgreSQL would expect a few rows until autovacuum runs, and the
 * embedded database, which has no autovacuum, for ever. Samples some thousand rows. Runs as the owner.
 */
export async function analyzeTables(db: Queryable): Promise<void> {
  await db.query('set local default_statistics_target = 10');
  await db.query(
    `analyze (skip_locked) import_items, import_errors (shop_id, job_id, row_number, severity),
       items (shop_id, id, created_at, state), item_images (shop_id, item_id, position, sha256), pgboss.job`,
  );
}
