import type { Queryable } from '../../db/database.ts';

/** Lets `claimInTurns` step from shop to shop, however many tasks each of them has waiting. */
export async function indexTurns(db: Queryable): Promise<void> {
  await db.query(
    `create index if not exists armoire_turns on pgboss.job (coalesce(data->>'shopId', ''), created_on, id) where state < 'active'`,
  );
}

export interface ClaimedRow<Task> {
  readonly id: string;
  readonly data: Task;
  readonly retryCount: number;
  readonly shopId: string;
}

/**
 * Claims up to `limit` waiting tasks in rounds: each shop's oldest, then each shop's next, starting with the shop after
 * `lastShop`. No shop gets more than `share`, including the tasks it already holds (`held`, by shop id). Tasks whose files
 * are in another store than `store` are left to others, unless it is null.
 */
export async function claimInTurns<Task>(
  db: Queryable,
  queue: string,
  turns: {
    limit: number;
    share: number;
    held: Readonly<Record<string, number>>;
    lastShop: string;
    store: string | null;
  },
): Promise<ClaimedRow<Task>[]> {
  // Without statistics, as after a large feed, the planner expects few rows, and would read and sort all that are
  // waiting.
  await db.query('set local enable_sort = off');
  await db.query('set local enable_bitmapscan = off');
  await db.query('set local enable_seqscan = off');
  const { rows } = await db.query<ClaimedRow<Task> & { turn: number; wrapped: boolean }>(
    // The first part steps over an index from one shop to the next instead of reading all waiting tasks.
    `with recursive waiting (shop) as (
       (select coalesce(data->>'shopId', '') from pgboss.job where name = $1 and state < 'active' order by coalesce(data->>'shopId', '') limit 1)
       union all
       select (select coalesce(j.data->>'shopId', '') from pgboss.job j
         where j.name = $1 and j.state < 'active' and coalesce(j.data->>'shopId', '') > w.shop order by coalesce(j.data->>'shopId', '') limit 1)
       from waiting w where w.shop is not null),
     shops as (
       select shop, shop <= $3 as wrapped, least($2::int, $4::int - coalesce(($5::jsonb->>shop)::int, 0)) as room
       from waiting where shop is not null),
     due as (
       select j.id, s.shop, s.wrapped, row_number() over (partition by s.shop order by j.created_on, j.id)::int as turn
       from shops s cross join lateral (
         select id, created_on from pgboss.job
         where name = $1 and state < 'active' and coalesce(data->>'shopId', '') = s.shop and start_after <= now()
           and ($6::text is null or coalesce(data->>'store', $6) = $6)
         order by created_on, id limit s.room) j
       where s.room > 0),
     chosen as (select * from due order by turn, wrapped, shop limit $2),
     locked as (
       select id from pgboss.job where name = $1 and id = any(array(select id from chosen)) and state < 'active'
       for update skip locked)
     update pgboss.job j set state = 'active', started_on = now(),
       retry_count = case when j.started_on is null then j.retry_count else j.retry_count + 1 end
     from locked l join chosen c on c.id = l.id
     where j.name = $1 and j.id = l.id
     returning j.id, j.data, j.retry_count as "retryCount", c.shop as "shopId", c.turn, c.wrapped`,
    [queue, turns.limit, turns.lastShop, turns.share, JSON.stringify(turns.held), turns.store],
  );
  return rows.sort(
    (a, b) => a.turn - b.turn || Number(a.wrapped) - Number(b.wrapped) || (a.shopId < b.shopId ? -1 : 1),
  );
}

/** Whether a task of any other shop is waiting and due. */
export async function isAnotherWaiting(
  db: Queryable,
  queue: string,
  { shopIds, store }: { shopIds: readonly string[]; store: string | null },
): Promise<boolean> {
  const { rows } = await db.query<{ waits: boolean }>(
    `select exists (select from pgboss.job where name = $1 and state < 'active' and start_after <= now()
       and coalesce(data->>'shopId', '') <> all ($2::text[]) and ($3::text is null or coalesce(data->>'store', $3) = $3)) as waits`,
    [queue, shopIds, store],
  );
  return rows[0]?.waits ?? false;
}

/** Returns a task as if it had not been claimed: it is due after the pause, and its attempts start from zero. */
export async function releaseTask(
  db: Queryable,
  queue: string,
  id: string,
  pauseSeconds: number,
): Promise<void> {
  await db.query(
    `update pgboss.job set state = 'created', started_on = null, retry_count = 0,
       start_after = now() + $3 * interval '1 second'
     where name = $1 and id = $2 and state = 'active'`,
    [queue, id, pauseSeconds],
  );
}

/**
 * Returns a task with the attempts that it has had: it is due after the pause. After some days attempts count again, so that
 * no task is there for ever.
 */
export async function holdTask(
  db: Queryable,
  queue: string,
  id: string,
  pauseSeconds: number,
): Promise<void> {
  await db.query(
    `update pgboss.job set state = 'created', started_on = null, start_after = now() + $3 * interval '1 second',
       retry_count = case when created_on < now() - interval '3 days' then retry_count + 1 else retry_count end
     where name = $1 and id = $2 and state = 'active'`,
    [queue, id, pauseSeconds],
  );
}

/** Which of these tasks the queue has, waiting or claimed. */
export async function listQueued(db: Queryable, queue: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from pgboss.job where name = $1 and id = any($2::uuid[]) and state <= 'active'`,
    [queue, ids],
  );
  return rows.map(({ id }) => id);
}

/** Of statements that change several of these tasks. Servers that locked them in any order would wait for each other. */
const LOCKED = `with locked as (
  select id from pgboss.job where name = $1 and id = any($2::uuid[]) order by id for update)`;

/** As pg-boss does, which locks them in any order. */
export async function deleteTasks(db: Queryable, queue: string, ids: readonly string[]): Promise<void> {
  await db.query(`${LOCKED} delete from pgboss.job j using locked l where j.name = $1 and j.id = l.id`, [
    queue,
    ids,
  ]);
}

/** Extends the claims of tasks in progress; pg-boss 10 has no heartbeat of its own. */
export async function extendClaims(db: Queryable, queue: string, ids: readonly string[]): Promise<void> {
  await db.query(
    `${LOCKED} update pgboss.job j set started_on = now() from locked l
     where j.name = $1 and j.id = l.id and j.state = 'active'`,
    [queue, ids],
  );
}

/** Releases what a killed process had claimed of these jobs. */
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

/** Releases everything that is claimed of a queue. */
export async function releaseQueue(db: Queryable, queue: string): Promise<void> {
  await db.query(
    `update pgboss.job set state = 'retry', start_after = now() where name = $1 and state = 'active'`,
    [queue],
  );
}

/** Names this store as that of the jobs' tasks. */
export async function adoptTasks(
  db: Queryable,
  queues: readonly string[],
  jobIds: readonly string[],
  store: string,
): Promise<void> {
  await db.query(
    `update pgboss.job set data = data || jsonb_build_object('store', $3::text)
     where name = any($1::text[]) and state <= 'active' and data->>'jobId' = any($2::text[])
       and coalesce(data->>'store', '') <> $3`,
    [queues, jobIds, store],
  );
}
