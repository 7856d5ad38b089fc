import type pg from 'pg';

const EVERY_MS = 10_000;
/** Rows changed since a table was last looked at, after which that is due, and a share of its rows: as in PostgreSQL. */
const CHANGED = { rows: 50, share: 0.1 } as const;
/** The same of rows that were deleted or replaced. Tables of fewer rows are small whatever becomes of them. */
const DEAD = { rows: 500, share: 0.2 } as const;

/**
 * Does what PostgreSQL's autovacuum does, which PGlite does not have. It keeps the planner's statistics: without them it takes
 * a table that has filled for one of a few rows, and joins it by reading it anew for each row of another. And it gives the room
 * of dead rows to new ones: without that, each change of an item takes another kilobyte. Returns what stops it.
 */
export function startAutovacuum(pool: pg.Pool, { everyMs = EVERY_MS } = {}): () => void {
  let isBusy = false;
  const tick = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      // One at a time: others have their turns in between.
      for (const table of await listChanged(pool)) await analyze(pool, table);
      for (const table of await listDead(pool)) await vacuum(pool, table);
    } finally {
      isBusy = false;
    }
  };
  // If the database fails, its users report it; the next tick tries again.
  const timer = setInterval(() => void tick().catch(() => undefined), everyMs).unref();
  return () => clearInterval(timer);
}

async function listChanged(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
     where n_mod_since_analyze > $1::float8 + $2::float8 * n_live_tup`,
    [CHANGED.rows, CHANGED.share],
  );
  return rows.map(({ name }) => name);
}

/**
 * Samples some thousand rows, as in catalogue/worker/statistics.sql.ts. One message is one transaction, which ends with it
 * even if the table is gone by now.
 */
async function analyze(pool: pg.Pool, table: string): Promise<void> {
  await pool.query(`set local default_statistics_target = 10; analyze ${table}`);
}

interface DeadRows {
  readonly name: string;
  readonly hasVectors: boolean;
}

async function listDead(pool: pg.Pool): Promise<DeadRows[]> {
  const { rows } = await pool.query<DeadRows>(
    `select format('%I.%I', s.schemaname, s.relname) as name, exists (
       select from pg_index x join pg_class i on i.oid = x.indexrelid join pg_am a on a.oid = i.relam
       where x.indrelid = s.relid and a.amname = 'hnsw') as "hasVectors"
     from pg_stat_user_tables s where s.n_dead_tup > $1::float8 + $2::float8 * s.n_live_tup`,
    [DEAD.rows, DEAD.share],
  );
  return rows;
}

/**
 * Of 50,000 items of which a fifth changed, a quarter of a second. HNSW indexes stay as they are: without the dead among 3,000
 * vectors, their graph is made anew for several seconds, while everybody waits. Files do not shrink, since a backup may be
 * reading them.
 */
async function vacuum(pool: pg.Pool, { name, hasVectors }: DeadRows): Promise<void> {
  await pool.query(`vacuum (parallel 0, truncate off, index_cleanup ${hasVectors ? 'off' : 'auto'}) ${name}`);
}
