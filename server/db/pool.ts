import pg from 'pg';

// Counts and prices in minor units stay far below 2^53, so a bigint is read as a number.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** A pool to a PostgreSQL server. */
export function openServerPool(connectionString: string, connections: number): pg.Pool {
  return keepAlive(
    new pg.Pool({
      connectionString,
      max: connections,
      connectionTimeoutMillis: 15_000,
      application_name: 'armoire',
      // Nothing of ours runs for long inside a transaction: what does is stuck.
      idle_in_transaction_session_timeout: 60_000,
    }),
  );
}

/**
 * A pool of the one connection that the embedded database bears: with more, its socket server mixes their messages.
 * A second transaction waits for the first, so nothing slow may happen inside one.
 */
export function openEmbeddedPool(address: { host: string; port: number }): pg.Pool {
  return keepAlive(
    new pg.Pool({
      ...address,
      user: 'postgres',
      database: 'postgres',
      max: 1,
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: 60_000,
    }),
  );
}

function keepAlive(pool: pg.Pool): pg.Pool {
  // An idle connection that breaks is replaced at the next use; without a listener the process would end.
  pool.on('error', () => undefined);
  return pool;
}
