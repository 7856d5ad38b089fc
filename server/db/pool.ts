import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

// Counts and prices in minor units stay far below 2^53, so a bigint is read as a number.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** How long a connection may be in use before the server is asked whether it is still there, and how often it is looked. */
const SILENT_MS = 10_000;
const LOOK_MS = 5000;
/** How long the server may take to answer that. */
const PATIENCE_MS = 10_000;

/** A pool to a PostgreSQL server. Statements fail within half a minute where the server does not answer any more. */
export function openServerPool(connectionString: string, connections: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: 15_000,
    application_name: 'armoire',
    // Nothing of ours runs for long inside a transaction: what does is stuck.
    idle_in_transaction_session_timeout: 60_000,
  });
  breakWhereSilent(pool, connectionString);
  return keepAlive(pool);
}

/**
 * Breaks the connections in use where the server is frozen or cut off: the network does not tell, and a statement would
 * wait for ever. A bound on each statement would also end long ones, such as an index being made.
 */
function breakWhereSilent(pool: pg.Pool, connectionString: string): void {
  const inUse = new Map<pg.PoolClient, number>();
  pool.on('acquire', (client) => inUse.set(client, Date.now()));
  pool.on('release', (_, client) => inUse.delete(client));
  pool.on('remove', (client) => inUse.delete(client));
  let asking = false;
  const look = setInterval(async () => {
    if (pool.ended) return clearInterval(look);
    const since = Date.now();
    const isOld = ([, at]: [pg.PoolClient, number]) => at < since - SILENT_MS;
    if (asking || ![...inUse].some(isOld)) return;
    asking = true;
    const isThere = await answers(connectionString);
    asking = false;
    if (isThere) return;
    for (const [client, at] of inUse) if (at < since) streamOf(client).destroy();
  }, LOOK_MS);
  look.unref();
}

/** Whether anything at all comes back, be it a refusal. */
async function answers(connectionString: string): Promise<boolean> {
  const probe = new pg.Client({ connectionString, application_name: 'armoire' });
  probe.on('error', () => undefined);
  const asked = probe
    .connect()
    .then(() => probe.query('select 1'))
    .then(
      () => true,
      () => true,
    );
  const isThere = await Promise.race([asked, sleep(PATIENCE_MS, false, { ref: false })]);
  streamOf(probe).destroy();
  return isThere;
}

/** A connection's socket, of which the types of pg do not tell. */
function streamOf(client: pg.ClientBase): { destroy(): void } {
  return (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream;
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
  // The same for one that breaks in use: its statement, or the next one, fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
