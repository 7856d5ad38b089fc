import type pg from 'pg';

const EVERY_MS = 10_000;
/** Rows changed since a table was last looked at, after which that is due: as in autovacuum, and a share of its rows. */
const CHANGED = { rows: 50, share: 0.1 } as const;

/**
 * Keeps the planner's statistics, in place of PostgreSQL's autovacuum, which PGlite does not have. Without them it takes a
 * table that has filled for one of a few rows, and joins it by reading it anew for each row of another. Returns what stops it.
 */
export function keepStatistics(pool: pg.Pool, { everyMs = EVERY_MS } = {}): () => void {
  let isBusy = false;
  const tick = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      // One at a time: others have their turns in between.
      for (const table of await listChanged(pool)) await analyze(pool, table);
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
