import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type pg from 'pg';
import { oneServerAtATime } from './starting.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
/**
 * Servers of the version before may be using the tables. Whatever asks for a table that a migration waits for waits
 * behind it: so it waits this long, and tries again after a pause.
 */
const PATIENCE = {
  lockTimeoutMs: 3_000,
  pauseMs: 5_000,
  /** About ten minutes, in which a backup may end. */
  mostTries: 75,
};
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Applies the numbered files of migrations/ in one transaction, forward only. Throws if others keep a table locked for
 * too long.
 */
export function migrate(pool: pg.Pool, kind: 'embedded' | 'server', patience = PATIENCE): Promise<void> {
  return oneServerAtATime(pool, kind, () => applyAll(pool, patience));
}

async function applyAll(
  pool: pg.Pool,
  { lockTimeoutMs, pauseMs, mostTries }: typeof PATIENCE,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`set lock_timeout = ${lockTimeoutMs}`);
    // Citus makes no function in a transaction that has changed a table on several connections to a node.
    await client.query(`set citus.multi_shard_modify_mode = 'sequential'`);
    for (let tries = 1; !(await apply(client)); tries++) {
      if (tries === mostTries) throw new Error(BUSY_TABLES);
      await sleep(pauseMs);
    }
    // A superuser may take any role; another owner has to be a member of it.
    await client.query('grant armoire_shop to current_user');
  } finally {
    await client.query('reset lock_timeout; reset citus.multi_shard_modify_mode').catch(() => undefined);
    client.release();
  }
}

const BUSY_TABLES =
  'The database could not be migrated: a long transaction, perhaps a backup, keeps its tables locked. ' +
  'Nothing was changed. Start again when it has ended.';

/** False if somebody else holds a table. */
async function apply(client: pg.ClientBase): Promise<boolean> {
  try {
    await runner({
      dbClient: client,
      dir: MIGRATIONS,
      direction: 'up',
      migrationsTable: 'migrations',
      singleTransaction: true,
      noLock: true,
      // Work on several branches lands in any order: a number below the last one applied may be new.
      checkOrder: false,
      logger: quiet,
    });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE) return false;
    throw error;
  }
}

/** The names of this version's migrations, oldest first. */
export async function listMigrations(): Promise<string[]> {
  return (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort();
}

const LEAST_PGVECTOR = [0, 8, 0] as const;

/** Throws if pgvector is too old: before 0.8, filtered searches return too few items. */
export async function requirePgvector(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: string }>(
    "select extversion as version from pg_extension where extname = 'vector'",
  );
  const version = rows[0]?.version ?? 'none';
  const parts = version.split('.').map(Number);
  const differs = LEAST_PGVECTOR.findIndex((least, i) => (parts[i] ?? 0) !== least);
  if (differs === -1 || (parts[differs] ?? 0) > LEAST_PGVECTOR[differs]!) return;
  throw new Error(
    `The database has pgvector ${version}; Armoire needs ${LEAST_PGVECTOR.join('.')} or newer. ` +
      'Install a newer one, then run: alter extension vector update',
  );
}

// Its log is of no use to whoever starts the server; failures are thrown.
const silent = () => undefined;
const quiet = { debug: silent, info: silent, warn: silent, error: silent };
