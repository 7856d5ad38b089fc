import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

// Counts and prices in minor units are far below 2^53, so bigints are read as numbers.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface Patience {
  /** How long a connection may be in use before the server is probed, and how often this is checked. */
  readonly silentMs: number;
  readonly lookMs: number;
  /** How long the server may take to answer the probe, and to take a connection. */
  readonly probeMs: number;
  readonly connectMs: number;
}

const PATIENCE: Patience = { silentMs: 10_000, lookMs: 5000, probeMs: 10_000, connectMs: 15_000 };

/**
 * A pool of connections to a PostgreSQL server. If the server stops answering, statements fail within half a minute, or
 * as `patience` has it.
 */
export function openServerPool(connectionString: string, connections: number, patience = PATIENCE): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: patience.connectMs,
    application_name: 'armoire',
    // None of our transactions stays idle for long; one that does is stuck.
    idle_in_transaction_session_timeout: 60_000,
  });
  closeIfUnresponsive(pool, connectionString, patience);
  return keepAlive(pool);
}

/**
 * Closes the connections in use if the server is frozen or unreachable. TCP would not notice, and statements would wait
 * for ever. A statement timeout would also end slow statements such as building an index.
 */
function closeIfUnresponsive(
  pool: pg.Pool,
  connectionString: string,
  { silentMs, lookMs, probeMs }: Patience,
): void {
  const inUse = new Map<pg.PoolClient, number>();
  pool.on('acquire', (client) => inUse.set(client, Date.now()));
  pool.on('release', (_, client) => inUse.delete(client));
  pool.on('remove', (client) => inUse.delete(client));
  let asking = false;
  const look = setInterval(async () => {
    if (pool.ended) return clearInterval(look);
    const since = Date.now();
    const isOld = ([, at]: [pg.PoolClient, number]) => at < since - silentMs;
    if (asking || ![...inUse].some(isOld)) return;
    asking = true;
    const isThere = await answers(connectionString, probeMs);
    asking = false;
    if (isThere) return;
    for (const [client, at] of inUse) if (at < since) streamOf(client).destroy();
  }, lookMs);
  look.unref();
}

/** Whether anything comes back at all, even a refusal. */
async function answers(connectionString: string, withinMs: number): Promise<boolean> {
  const probe = new pg.Client({ connectionString, application_name: 'armoire' });
  probe.on('error', () => undefined);
  const asked = probe
    .connect()
    .then(() => probe.query('select 1'))
    .then(
      () => true,
      () => true,
    );
  const isThere = await Promise.race([asked, sleep(withinMs, false, { ref: false })]);
  streamOf(probe).destroy();
  return isThere;
}

/** The socket of a connection, which pg's types do not include. */
function streamOf(client: pg.ClientBase): { destroy(): void } {
  return (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream;
}

/**
 * A pool of a single connection for the embedded database: its socket server mixes up the messages of several. A second
 * transaction waits for the first, so do nothing slow inside one.
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
  // A broken idle connection is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  // The same for a connection that breaks in use: its current or next statement fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
