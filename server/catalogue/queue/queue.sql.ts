import type { Queryable } from '../../db/database.ts';

/** Extends the claim of tasks that are still being worked on; pg-boss 10 has no heartbeat of its own. */
export async function extendClaims(db: Queryable, queue: string, ids: readonly string[]): Promise<void> {
  await db.query(
    `update pgboss.job set started_on = now() where name = $1 and id = any($2::uuid[]) and state = 'active'`,
    [queue, ids],
  );
}

/** Gives back what a killed process had claimed of these jobs. */
export async function releaseClaims(
  db: Queryable,
  queues: readonly string[],
  jobIds: readonly string[],
): Promise<void> {
  await db.query(
    `update pgboss.job set state = 'retry', start_after = now()
     where name = any($1::text[]) and state = 'active' and data->>'jobId' = any($2::text[])`,
    [queues, jobIds],
  );
}
