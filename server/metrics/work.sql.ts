import { IMPORT_QUEUES } from '../catalogue/queue/queue.ts';
import type { Queryable } from '../db/database.ts';

export interface WorkRow {
  /** Tasks of imports. */
  readonly waiting: number;
  readonly running: number;
  readonly oldestSeconds: number;
  /** Deliveries of webhooks that were not taken yet. */
  readonly deliveries: number;
}

/** What all shops wait for. Runs as the owner. */
export async function countWork(db: Queryable): Promise<WorkRow> {
  await db.query(`set local statement_timeout = '3s'`);
  const { rows } = await db.query<WorkRow>(
    `select (count(*) filter (where state in ('created', 'retry')))::int as waiting,
       (count(*) filter (where state = 'active'))::int as running,
       coalesce(extract(epoch from now() - min(created_on) filter (where state in ('created', 'retry'))), 0)::float8
         as "oldestSeconds",
       (select count(*)::int from webhook_deliveries where state = 'waiting') as deliveries
     from pgboss.job where name = any($1::text[]) and state in ('created', 'retry', 'active')`,
    [IMPORT_QUEUES],
  );
  return rows[0]!;
}
