import type { Queryable, ShopQueryable } from '../../db/database.ts';
import { wellFormed } from '../../vocabulary/text.ts';
import type { FaultCode } from '../feed/fault.ts';
import type { FeedTask, JobTask } from '../queue/tasks.ts';

export type ImportStateName = 'running' | 'done' | 'failed' | 'cancelled';
export type FeedModeName = 'upsert' | 'replace';
export type ImportKindName = 'feed' | 'slots' | 'images';

export interface ImportJobRow {
  readonly id: string;
  readonly name: string;
  readonly kind: ImportKindName;
  readonly state: ImportStateName;
  readonly failure: string | null;
  readonly notes: readonly string[];
  readonly mode: FeedModeName;
  readonly rowsTotal: number;
  readonly rowsRejected: number;
  readonly rowsUnchanged: number;
  /** Those of `rowsUnchanged` whose pictures were asked for again. */
  readonly itemsUnchanged: number;
  readonly warningCount: number;
  readonly itemsReady: number;
  readonly itemsFailed: number;
  readonly itemsCancelled: number;
  readonly itemsPending: number;
  readonly itemsDeleted: number;
  readonly garmentCount: number;
  /** Items finished in the last `SPEED_SECONDS`, or in the whole of a job that has ended. */
  readonly itemsCounted: number;
  /** The time that these items took. */
  readonly secondsCounted: number;
  readonly createdAt: Date;
  readonly readAt: Date | null;
  readonly finishedAt: Date | null;
}

export type SeverityName = 'error' | 'warning';

export interface ImportErrorRow {
  readonly row: number;
  readonly itemId: string | null;
  readonly severity: SeverityName;
  readonly column: string | null;
  readonly code: string;
  readonly reason: string;
}

export interface NewJob {
  readonly shopId: string;
  readonly id: string;
  readonly name: string;
  readonly kind?: ImportKindName | undefined;
  readonly mode?: FeedModeName | undefined;
  /** Whether a replacing feed may delete more than half of the shop. */
  readonly force?: boolean | undefined;
  /** For kind `images`: the items whose pictures are to be asked for; null for all. */
  readonly wantedItems?: readonly string[] | null | undefined;
}

/** Whoever else adds a job to the shop waits until the transaction ends. */
export async function lockJobs(db: Queryable, shopId: string): Promise<void> {
  await db.query(`select pg_advisory_xact_lock(hashtextextended('armoire.jobs.' || $1, 0))`, [shopId]);
}

/** False if the job already exists. */
export async function insertJob(db: Queryable, job: NewJob): Promise<boolean> {
  // One at a time: a job that others can see has a higher number than all that they could see before.
  await lockJobs(db, job.shopId);
  const { rowCount } = await db.query(
    `insert into import_jobs (shop_id, id, name, mode, force, kind, wanted_items) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing`,
    [
      job.shopId,
      job.id,
      job.name,
      job.mode ?? 'upsert',
      job.force ?? false,
      job.kind ?? 'feed',
      job.wantedItems ?? null,
    ],
  );
  return rowCount === 1;
}

/** Those of these jobs that exist, in any state. */
export async function listJobIds(db: ShopQueryable, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select id from import_jobs where shop_id = $1 and id = any($2::uuid[])',
    [db.shopId, ids],
  );
  return rows.map(({ id }) => id);
}

/** The window over which the speed of a running import is measured. */
const SPEED_SECONDS = 30;

/** `jobs` is a table or a subquery of `import_jobs` rows, and `$1` their shop. */
const selectFrom = (jobs: string) => `
  select j.id, j.name, j.kind, j.state, j.failure, j.notes, j.mode, j.rows_total as "rowsTotal",
    j.rows_rejected as "rowsRejected", j.rows_unchanged + c.unchanged as "rowsUnchanged",
    c.unchanged as "itemsUnchanged", w.warnings as "warningCount",
    c.ready as "itemsReady", c.failed as "itemsFailed",
    c.cancelled as "itemsCancelled", c.pending as "itemsPending", j.items_deleted as "itemsDeleted",
    c.garments as "garmentCount", case when j.finished_at is null then c.recent else c.settled end as "itemsCounted",
    extract(epoch from case when j.finished_at is null
      then least(now() - j.created_at, interval '${SPEED_SECONDS} seconds')
      else j.finished_at - j.created_at end)::float8 as "secondsCounted",
    j.created_at as "createdAt", j.read_at as "readAt", j.finished_at as "finishedAt"
  from ${jobs} j, lateral (
    select count(*) filter (where i.state = 'ready' and not i.unchanged)::int as ready,
      count(*) filter (where i.unchanged)::int as unchanged,
      count(*) filter (where i.state = 'failed')::int as failed,
      -- What is pending of a cancelled import will not be parsed; the worker has yet to come to it.
      count(*) filter (where i.state = 'cancelled' or (i.state = 'pending' and j.state = 'cancelled'))::int as cancelled,
      count(*) filter (where i.state = 'pending' and j.state <> 'cancelled')::int as pending,
      count(i.settled_at)::int as settled,
      count(*) filter (where i.settled_at > now() - interval '${SPEED_SECONDS} seconds')::int as recent,
      coalesce(sum(i.garments), 0)::int as garments
    from import_items i where i.shop_id = $1 and i.job_id = j.id) c,
  lateral (
    select count(*)::int as warnings from import_errors e
    where e.shop_id = $1 and e.job_id = j.id and e.severity = 'warning') w`;

export async function findJob(db: ShopQueryable, id: string): Promise<ImportJobRow | null> {
  const { rows } = await db.query<ImportJobRow>(
    `${selectFrom('import_jobs')} where j.shop_id = $1 and j.id = $2`,
    [db.shopId, id],
  );
  return rows[0] ?? null;
}

/** The shop's newest job of this kind. */
export async function findNewestJob(
  db: Queryable,
  shopId: string,
  kind: ImportKindName,
): Promise<ImportJobRow | null> {
  const { rows } = await db.query<ImportJobRow>(
    selectFrom(
      `(select * from import_jobs where shop_id = $1 and kind = $2 order by created_at desc, id desc limit 1)`,
    ),
    [shopId, kind],
  );
  return rows[0] ?? null;
}

/** The running job that asks for the pictures of all items again. */
export async function findRefreshOfAll(db: Queryable, shopId: string): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    `select id from import_jobs
     where shop_id = $1 and kind = 'images' and state = 'running' and wanted_items is null limit 1`,
    [shopId],
  );
  return rows[0]?.id ?? null;
}

/** The newest jobs first. Pass `cursorTime` as `after` to continue. */
export async function pageJobs(
  db: Queryable,
  page: { shopId: string; limit: number; after?: { createdAt: string; id: string } | undefined },
): Promise<(ImportJobRow & { cursorTime: string })[]> {
  const { rows } = await db.query<ImportJobRow & { cursorTime: string }>(
    // The page is cut before the items of its jobs are counted.
    `select page.*, to_char(page."createdAt" at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "cursorTime"
     from (${selectFrom(`(select * from import_jobs
       where shop_id = $1 and ($3::timestamptz is null or (created_at, id) < ($3::timestamptz, $4::uuid))
       order by created_at desc, id desc limit $2)`)}) page
     order by page."createdAt" desc, page.id desc`,
    [page.shopId, page.limit, page.after?.createdAt ?? null, page.after?.id ?? null],
  );
  return rows;
}

/** Unfinished jobs of every shop, which a server resumes at its start. Runs as the owner. */
export async function listRunningJobs(db: Queryable): Promise<(FeedTask & { kind: ImportKindName })[]> {
  const { rows } = await db.query<FeedTask & { kind: ImportKindName }>(
    `select shop_id as "shopId", id as "jobId", attempt, kind from import_jobs where state = 'running' order by created_at, id`,
  );
  return rows;
}

/** Those whose feeds, items or pictures have yet to be gone through to the end. Runs as the owner. */
export async function listUnreadJobs(db: Queryable): Promise<(FeedTask & { kind: ImportKindName })[]> {
  const { rows } = await db.query<FeedTask & { kind: ImportKindName }>(
    `select shop_id as "shopId", id as "jobId", attempt, kind from import_jobs
     where state = 'running' and read_at is null order by created_at, id`,
  );
  return rows;
}

/** Those that have been read and wait for no item, as one that is about to end. Runs as the owner. */
export async function listReadyToEnd(db: Queryable): Promise<FeedTask[]> {
  const { rows } = await db.query<FeedTask>(
    `select j.shop_id as "shopId", j.id as "jobId", j.attempt from import_jobs j
     where j.state = 'running' and j.read_at is not null and not exists (
       select from import_items i where i.shop_id = j.shop_id and i.job_id = j.id and i.state = 'pending')`,
  );
  return rows;
}

export interface ErrorPage {
  readonly jobId: string;
  readonly first: number;
  readonly after: number;
  /** Null for errors and warnings. */
  readonly severity?: SeverityName | null | undefined;
}

/** Errors and warnings after row `after`, `first` of them and the others of the last one's row. */
export async function listErrors(
  db: ShopQueryable,
  { jobId, first, after, severity }: ErrorPage,
): Promise<ImportErrorRow[]> {
  const { rows } = await db.query<ImportErrorRow>(
    `select e.row_number as row, e.item_id as "itemId", e.severity, e.column_name as "column", e.code, e.reason
     from (select * from import_errors where shop_id = $5 and job_id = $1 and row_number > $2 and severity = any($4::text[])
       order by row_number fetch first $3 rows with ties) e
     order by e.row_number, e.ordinal`,
    [jobId, after, first, severity ? [severity] : ['error', 'warning'], db.shopId],
  );
  return rows;
}

export interface NewError {
  readonly row: number;
  readonly itemId?: string | undefined;
  readonly column?: string | undefined;
  readonly code: FaultCode | string;
  readonly reason: string;
}

export interface NewWarning extends NewError {
  readonly column: string;
}

/** Lists errors, one per row; a row that has one keeps it. */
export async function insertErrors(db: Queryable, job: JobKey, errors: readonly NewError[]): Promise<void> {
  await insertFaults(
    db,
    job,
    errors.map((error) => toFault(error, 'error', 0)),
  );
}

/** What finds warnings: reading a row, or parsing its item afterwards. */
const FIRST_ORDINAL = { reading: 1, parsing: 1000 } as const;

/** Lists warnings. Repeating it for the same rows changes nothing. */
export async function insertWarnings(
  db: Queryable,
  job: JobKey,
  found: keyof typeof FIRST_ORDINAL,
  warnings: readonly NewWarning[],
): Promise<void> {
  const nextOf = new Map<number, number>();
  await insertFaults(
    db,
    job,
    warnings.map((warning) => {
      const ordinal = nextOf.get(warning.row) ?? FIRST_ORDINAL[found];
      nextOf.set(warning.row, ordinal + 1);
      return toFault(warning, 'warning', ordinal);
    }),
  );
}

function toFault(error: NewError, severity: SeverityName, ordinal: number) {
  return { ...error, reason: wellFormed(error.reason), severity, ordinal };
}

type JobKey = Pick<JobTask, 'shopId' | 'jobId'>;

async function insertFaults(
  db: Queryable,
  { shopId, jobId }: JobKey,
  faults: readonly ReturnType<typeof toFault>[],
): Promise<void> {
  if (faults.length === 0) return;
  await db.query(
    `insert into import_errors (shop_id, job_id, row_number, ordinal, item_id, severity, column_name, code, reason)
     select $1, $2, e.row, e.ordinal, e."itemId", e.severity, e."column", e.code, e.reason
     from jsonb_to_recordset($3::jsonb) as e (row integer, ordinal smallint, "itemId" text, severity text,
       "column" text, code text, reason text)
     on conflict do nothing`,
    [shopId, jobId, JSON.stringify(faults)],
  );
}

/** How far a job's feed has been read, and for whom. */
export interface Reading {
  readonly name: string;
  /** If it differs from the reader's number, the job was retried and has another reader. */
  readonly attempt: number;
  readonly kind: ImportKindName;
  readonly mode: FeedModeName;
  readonly force: boolean;
  readonly total: number;
  readonly rejected: number;
  readonly unchanged: number;
  /** How often the server has ended within reading since a row was last imported. */
  readonly begunReads: number;
}

/**
 * Null if the job is gone or has ended. Locks the job until the transaction ends, so that nobody cancels it meanwhile.
 */
export async function lockReading(db: ShopQueryable, jobId: string): Promise<Reading | null> {
  const { rows } = await db.query<Reading>(
    `select name, attempt, kind, mode, force, rows_total as total, rows_rejected as rejected, rows_unchanged as unchanged,
       begun_reads as "begunReads"
     from import_jobs where shop_id = $1 and id = $2 and state = 'running' for update`,
    [db.shopId, jobId],
  );
  return rows[0] ?? null;
}

/** Counts that reading begins. */
export async function beginReading(db: ShopQueryable, jobId: string): Promise<void> {
  await db.query('update import_jobs set begun_reads = begun_reads + 1 where shop_id = $1 and id = $2', [
    db.shopId,
    jobId,
  ]);
}

/** Reading has ended, well or not: the server has survived it. */
export async function endReading(db: ShopQueryable, jobId: string): Promise<void> {
  await db.query(
    'update import_jobs set begun_reads = 0 where shop_id = $1 and id = $2 and begun_reads > 0',
    [db.shopId, jobId],
  );
}

/** Whether a feed of the shop that was accepted before this job has yet to be read to its end. */
export async function isEarlierUnread(db: Queryable, shopId: string, jobId: string): Promise<boolean> {
  const { rows } = await db.query<{ unread: boolean }>(
    `select exists (
       select from import_jobs where shop_id = $1 and state = 'running' and kind = 'feed' and read_at is null
         and number < (select number from import_jobs where shop_id = $1 and id = $2)) as unread`,
    [shopId, jobId],
  );
  return rows[0]?.unread ?? false;
}

/** Records that this many rows are imported and their tasks queued, so that a restarted reading continues there. */
export async function recordProgress(
  db: ShopQueryable,
  jobId: string,
  { attempt, total, rejected, unchanged }: Omit<Reading, 'name' | 'kind' | 'mode' | 'force' | 'begunReads'>,
): Promise<void> {
  await db.query(
    `update import_jobs set rows_total = greatest(rows_total, $2), rows_rejected = greatest(rows_rejected, $3),
       rows_unchanged = greatest(rows_unchanged, $4), begun_reads = 1
     where shop_id = $6 and id = $1 and attempt = $5`,
    [jobId, total, rejected, unchanged, attempt, db.shopId],
  );
}

/** Replaces the notes on how the feed was read. */
export async function recordNotes(
  db: ShopQueryable,
  { jobId, attempt }: Pick<FeedTask, 'jobId' | 'attempt'>,
  notes: readonly string[],
): Promise<void> {
  await db.query(
    'update import_jobs set notes = $3::text[] where shop_id = $4 and id = $1 and attempt = $2 and notes <> $3::text[]',
    [jobId, attempt, notes.map(wellFormed), db.shopId],
  );
}

export async function markRead(db: ShopQueryable, jobId: string, attempt: number): Promise<void> {
  await db.query(
    'update import_jobs set read_at = least(read_at, now()) where shop_id = $1 and id = $2 and attempt = $3',
    [db.shopId, jobId, attempt],
  );
}

/** Does nothing once another attempt has begun. */
export async function failJob(
  db: ShopQueryable,
  { jobId, attempt }: Pick<FeedTask, 'jobId' | 'attempt'>,
  failure: string,
): Promise<void> {
  await db.query(
    `update import_jobs set state = 'failed', failure = $3, finished_at = now()
     where shop_id = $1 and id = $2 and attempt = $4 and state = 'running'`,
    [db.shopId, jobId, wellFormed(failure), attempt],
  );
}

/**
 * Ends the job if its feed has been read or could not be, and none of its items is pending. Returns whether it has
 * ended, and whether some of its items could be retried. Calling it again changes nothing.
 */
export async function finishJob(db: ShopQueryable, jobId: string): Promise<{ retriable: boolean } | null> {
  const { rows } = await db.query<{ state: ImportStateName }>(
    `update import_jobs j set state = case when j.state = 'running' then 'done' else j.state end,
       finished_at = least(j.finished_at, now())
     where j.shop_id = $1 and j.id = $2 and (j.read_at is not null or j.state in ('failed', 'cancelled')) and not exists (
       select from import_items i where i.shop_id = j.shop_id and i.job_id = j.id and i.state = 'pending')
     returning j.state`,
    [db.shopId, jobId],
  );
  if (!rows[0]) return null;
  if (rows[0].state === 'cancelled') return { retriable: true };
  const failed = await db.query(
    `select from import_items where shop_id = $1 and job_id = $2 and state = 'failed' limit 1`,
    [db.shopId, jobId],
  );
  return { retriable: failed.rows.length > 0 };
}

/** Marks the end of the job's attempt as told; null if it was already, otherwise which attempt it is. */
export async function markTold(db: ShopQueryable, jobId: string): Promise<number | null> {
  const { rows } = await db.query<{ attempt: number }>(
    `update import_jobs set told_attempt = attempt
     where shop_id = $1 and id = $2 and told_attempt is distinct from attempt returning attempt`,
    [db.shopId, jobId],
  );
  return rows[0]?.attempt ?? null;
}

/**
 * Those of these jobs that still need their files, or may: what has ended can be retried for `keptSeconds`. Runs as the
 * owner.
 */
export async function listOpenJobs(
  db: Queryable,
  ids: readonly string[],
  keptSeconds: number,
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select j.id from import_jobs j where j.id = any($1::uuid[]) and (
       j.state = 'running' or j.finished_at > now() - $2 * interval '1 second' or exists (
       select from import_items i where i.shop_id = j.shop_id and i.job_id = j.id and i.state = 'pending'))`,
    [ids, keptSeconds],
  );
  return rows.map(({ id }) => id);
}

/** Which attempt was cancelled; null if the job is not running. */
export async function cancelJob(db: Queryable, shopId: string, jobId: string): Promise<number | null> {
  const { rows } = await db.query<{ attempt: number }>(
    `update import_jobs set state = 'cancelled', finished_at = now()
     where shop_id = $1 and id = $2 and state = 'running' returning attempt`,
    [shopId, jobId],
  );
  return rows[0]?.attempt ?? null;
}

const IS_FOUND = 'exists (select from garments g where g.shop_id = $1 and g.item_id = i.id and g.is_primary)';

/**
 * Removes some pending items of a cancelled job and returns them; none if nothing is left or the job is running again.
 * An item that another job waits for as well keeps waiting.
 */
export async function cancelSomeItems(
  db: Queryable,
  { shopId, jobId, limit }: { shopId: string; jobId: string; limit: number },
): Promise<string[]> {
  // Locked, so that nobody retries it meanwhile.
  const { rowCount } = await db.query(
    `select from import_jobs where shop_id = $1 and id = $2 and state = 'cancelled' for share`,
    [shopId, jobId],
  );
  if (rowCount === 0) return [];
  const { rows } = await db.query<{ id: string }>(
    `update import_items set state = 'cancelled', settled_at = now()
     where shop_id = $1 and job_id = $2 and item_id = any(array(
       select item_id from import_items where shop_id = $1 and job_id = $2 and state = 'pending' limit $3))
     returning item_id as id`,
    [shopId, jobId, limit],
  );
  const ids = rows.map(({ id }) => id).sort();
  await leaveUnparsed(db, { shopId, jobId, ids });
  return ids;
}

/**
 * Ends the waiting of items that this job does not parse and no other one waits for: what shoppers find by its former
 * pictures, they go on finding; without the hash of a row, its next import parses it.
 */
export async function leaveUnparsed(
  db: Queryable,
  { shopId, jobId, ids }: { shopId: string; jobId: string; ids: readonly string[] },
): Promise<void> {
  await db.query(
    `update items i set updated_at = now(), content_hash = case when ${IS_FOUND} then '' else i.content_hash end,
       state = case when ${IS_FOUND} then 'ready' else 'failed' end,
       failure = case when not ${IS_FOUND} then 'Its import was cancelled before it was parsed.' end
     where i.shop_id = $1 and i.id = any($3::text[]) and i.state = 'pending' and not exists (
       select from import_items o join import_jobs j on j.shop_id = o.shop_id and j.id = o.job_id
       where o.shop_id = $1 and o.item_id = i.id and o.job_id <> $2 and o.state = 'pending' and j.state <> 'cancelled')`,
    [shopId, jobId, ids],
  );
}

/** Cancelled jobs with pending items, of all shops. Runs as the owner. */
export async function listCancelledJobs(db: Queryable): Promise<JobTask[]> {
  const { rows } = await db.query<JobTask>(
    `select j.shop_id as "shopId", j.id as "jobId", j.attempt from import_jobs j
     where j.state = 'cancelled' and exists (
       select from import_items i where i.shop_id = j.shop_id and i.job_id = j.id and i.state = 'pending')`,
  );
  return rows;
}

/**
 * Reopens an ended job, so that its feed is read again; returns the number of the new attempt. Null if the job is
 * running or gone.
 */
export async function reopenJob(db: Queryable, shopId: string, jobId: string): Promise<number | null> {
  const { rows } = await db.query<{ attempt: number }>(
    `update import_jobs set state = 'running', failure = null, attempt = attempt + 1, rows_total = 0,
       rows_rejected = 0, rows_unchanged = 0, begun_reads = 0, read_at = null, finished_at = null
     where shop_id = $1 and id = $2 and state <> 'running' returning attempt`,
    [shopId, jobId],
  );
  return rows[0]?.attempt ?? null;
}

/**
 * Removes some failed rows from a job's list, with the errors: the next reading of the feed imports them again and
 * skips the others. Warnings stay, since the items that have them do. Returns how many rows were removed; none when all
 * are.
 */
export async function deleteSomeFailures(
  db: Queryable,
  { shopId, jobId, limit }: { shopId: string; jobId: string; limit: number },
): Promise<number> {
  const items = await db.query(
    `delete from import_items where shop_id = $1 and job_id = $2 and item_id = any(array(
       select item_id from import_items where shop_id = $1 and job_id = $2 and state in ('failed', 'cancelled')
       limit $3))`,
    [shopId, jobId, limit],
  );
  const errors = await db.query(
    `delete from import_errors where shop_id = $1 and job_id = $2 and severity = 'error' and row_number = any(array(
       select row_number from import_errors where shop_id = $1 and job_id = $2 and severity = 'error' limit $3))`,
    [shopId, jobId, limit],
  );
  return (items.rowCount ?? 0) + (errors.rowCount ?? 0);
}
