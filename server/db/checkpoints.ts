import type pg from 'pg';

const EVERY_MS = 30_000;
/** Of the write-ahead log: what a start after a kill has to replay, in a second or two. */
const WAL_BYTES = 64 * 1024 * 1024;

export interface Checkpoints {
  /** Lets the write-ahead log grow while `work` copies the database. */
  hold<T>(work: () => Promise<T>): Promise<T>;
  stop(): void;
}

/**
 * Makes checkpoints as PostgreSQL's own checkpointer would: PGlite is one process and has none, so that the write-ahead
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
  // A database that does not answer is told of where it is used; the next tick tries again.
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
