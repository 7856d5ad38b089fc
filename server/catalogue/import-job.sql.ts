import type { Queryable } from '../db/database.ts';
import type { FaultCode } from './feed/fault.ts';

export type ImportStateName = 'running' | 'done' | 'failed';

export interface ImportJobRow {
  readonly id: string;
  readonly name: string;
  readonly state: ImportStateName;
  readonly failure: string | null;
  readonly rowsTotal: number;
  readonly rowsRejected: number;
  readonly rowsUnchanged: number;
  readonly itemsReady: number;
  readonly itemsFailed: number;
  readonly itemsPending: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface ImportErrorRow {
  readonly row: number;
  readonly itemId: string | null;
  readonly code: string;
  readonly reason: string;
}

/** False where the job was there already. */
export async function insertJob(
  db: Queryable,
  { shopId, id, name }: { shopId: string; id: string; name: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    'insert into import_jobs (shop_id, id, name) values ($1, $2, $3) on conflict do nothing',
    [shopId, id, name],
  );
  return rowCount === 1;
}

/** Those of these jobs that there are, whatever their state. */
export async function listJobIds(db: Queryable, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>('select id from import_jobs where id = any($1::uuid[])', [
    ids,
  ]);
  return rows.map(({ id }) => id);
}

export async function findJob(db: Queryable, id: string): Promise<ImportJobRow | null> {
  const { rows } = await db.query<ImportJobRow>(
    `select j.id, j.name, j.state, j.failure, j.rows_total as "rowsTotal", j.rows_rejected as "rowsRejected",
       j.rows_unchanged as "rowsUnchanged", c.ready as "itemsReady", c.failed as "itemsFailed",
       c.pending as "itemsPending", j.created_at as "createdAt", j.finished_at as "finishedAt"
     from import_jobs j, lateral (
       select count(*) filter (where i.state = 'ready')::int as ready,
         count(*) filter (where i.state = 'failed')::int as failed,
         count(*) filter (where i.state = 'pending')::int as pending
       from import_items i where i.shop_id = j.shop_id and i.job_id = j.id) c
     where j.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** Every shop's jobs that have not ended: what a server takes up again at its start. Runs as the owner. */
export async function listRunningJobs(db: Queryable): Promise<{ shopId: string; jobId: string }[]> {
  const { rows } = await db.query<{ shopId: string; jobId: string }>(
    `select shop_id as "shopId", id as "jobId" from import_jobs where state = 'running' order by created_at, id`,
  );
  return rows;
}

/** The errors after row `after`, at most `first` of them. */
export async function listErrors(
  db: Queryable,
  { jobId, first, after }: { jobId: string; first: number; after: number },
): Promise<ImportErrorRow[]> {
  const { rows } = await db.query<ImportErrorRow>(
    `select row_number as row, item_id as "itemId", code, reason from import_errors
     where job_id = $1 and row_number > $2 order by row_number limit $3`,
    [jobId, after, first],
  );
  return rows;
}

export async function insertErrors(
  db: Queryable,
  { shopId, jobId }: { shopId: string; jobId: string },
  errors: readonly { row: number; itemId?: string | undefined; code: FaultCode | string; reason: string }[],
): Promise<void> {
  if (errors.length === 0) return;
  await db.query(
    `insert into import_errors (shop_id, job_id, row_number, item_id, code, reason)
     select $1, $2, e.row, e."itemId", e.code, e.reason
     from jsonb_to_recordset($3::jsonb) as e (row integer, "itemId" text, code text, reason text)
     on conflict do nothing`,
    [shopId, jobId, JSON.stringify(errors)],
  );
}

/**
 * How far the reading has come. A reading that was killed begins anew and counts from nothing: until it has caught
 * up, the greater numbers stay.
 */
export async function recordProgress(
  db: Queryable,
  jobId: string,
  { total, rejected, unchanged }: { total: number; rejected: number; unchanged: number },
): Promise<void> {
  await db.query(
    `update import_jobs set rows_total = greatest(rows_total, $2), rows_rejected = greatest(rows_rejected, $3),
       rows_unchanged = greatest(rows_unchanged, $4)
     where id = $1`,
    [jobId, total, rejected, unchanged],
  );
}

export async function markRead(db: Queryable, jobId: string): Promise<void> {
  await db.query('update import_jobs set read_at = coalesce(read_at, now()) where id = $1', [jobId]);
}

export async function failJob(db: Queryable, jobId: string, failure: string): Promise<void> {
  await db.query(
    `update import_jobs set state = 'failed', failure = $2, finished_at = now() where id = $1 and state = 'running'`,
    [jobId, failure],
  );
}

/**
 * Ends the job if its feed has been read, or could not be, and none of its items is pending; says whether it has
 * ended. Asking again changes nothing.
 */
export async function finishJob(db: Queryable, jobId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update import_jobs j set state = case j.state when 'running' then 'done' else j.state end,
       finished_at = coalesce(j.finished_at, now())
     where j.id = $1 and (j.read_at is not null or j.state = 'failed') and not exists (
       select from import_items i where i.shop_id = j.shop_id and i.job_id = j.id and i.state = 'pending')`,
    [jobId],
  );
  return rowCount === 1;
}

/** Of these jobs, those that still need their files. Runs as the owner. */
export async function listOpenJobs(db: Queryable, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select j.id from import_jobs j where j.id = any($1::uuid[]) and (j.state = 'running' or exists (
       select from import_items i where i.shop_id = j.shop_id and i.job_id = j.id and i.state = 'pending'))`,
    [ids],
  );
  return rows.map(({ id }) => id);
}
