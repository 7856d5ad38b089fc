import type pg from 'pg';

const EVERY_MS = 30_000;
/** Write-ahead log between checkpoints: a restart after a kill replays this much in a second or two. */
const WAL_BYTES = 64 * 1024 * 1024;

export interface Checkpoints {
  /** Suspends checkpoints while `work` copies the database. */
  hold<T>(work: () => Promise<T>): Promise<T>;
  stop(): void;
}

/**
 * Makes checkpoints in place of PostgreSQL's checkpointer. PGlite is a single process without one, so its write-ahead
 * log would grow for as long as the server runs.
 */
export function startCheckpoints(
  pool: pg.Pool,
  { everyMs = EVERY_MS, walBytes = WAL_BYTES } = {},
): Checkpoints {
  let held = 0;
  const tick = async () => {
    if (held > 0) return;
    const { rows } = await pool.query<{ bytes: number }>(
      'select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::int8 as bytes from pg_control_checkpoint()',
    );
    if (rows[0]!.bytes >= walBytes && held === 0) await pool.query('checkpoint');
  };
  // If the database fails, its users report it; the next tick tries again.
  const timer = setInterval(() => void tick().catch(() => undefined), everyMs).unref();
  return {
    async hold(work) {
      held += 1;
      try {
        return await work();
      } finally {
        held -= 1;
      }
    },
    stop: () => clearInterval(timer),
  };
}
