import type pg from 'pg';

/** Any number that nothing else in the database uses as an advisory lock. */
const LOCK = 7_241_913;

/**
 * Runs what makes tables, one server at a time: several may start at once on one PostgreSQL. The embedded database has a lock
 * file, and a single connection.
 */
export async function oneServerAtATime<T>(
  pool: pg.Pool,
  kind: 'embedded' | 'server',
  work: () => Promise<T>,
): Promise<T> {
  if (kind === 'embedded') return work();
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    return await work();
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
    client.release();
  }
}
