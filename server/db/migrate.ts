import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type pg from 'pg';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
/** Any number that nothing else in the database uses as an advisory lock. */
const LOCK = 7_241_913;

/** Brings the tables up to date: the numbered files of migrations/, forward only, all or none. */
export async function migrate(pool: pg.Pool, kind: 'embedded' | 'server'): Promise<void> {
  const client = await pool.connect();
  try {
    // Several servers may start at once on one PostgreSQL: the others wait. The embedded one has a lock file.
    if (kind === 'server') await client.query('select pg_advisory_lock($1)', [LOCK]);
    await runner({
      dbClient: client,
      dir: MIGRATIONS,
      direction: 'up',
      migrationsTable: 'migrations',
      singleTransaction: true,
      noLock: true,
      logger: quiet,
    });
    // A superuser may take any role; another owner has to be a member of this one.
    await client.query('grant armoire_shop to current_user');
  } finally {
    if (kind === 'server') await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
    client.release();
  }
}

const ADVISED_PGVECTOR = [0, 8, 0] as const;

/** A sentence where pgvector is older than advised, else null. Before 0.8 a filtered search may come back short. */
export async function adviseOnPgvector(pool: pg.Pool): Promise<string | null> {
  const { rows } = await pool.query<{ version: string }>(
    "select extversion as version from pg_extension where extname = 'vector'",
  );
  const version = rows[0]?.version ?? '0';
  const parts = version.split('.').map(Number);
  for (const [i, least] of ADVISED_PGVECTOR.entries()) {
    if ((parts[i] ?? 0) > least) return null;
    if ((parts[i] ?? 0) < least) {
      return `pgvector ${version} is older than 0.8.0: filtered searches may return fewer items than there are.`;
    }
  }
  return null;
}

// Its messages are of no use to whoever starts the server; a failure is thrown.
const silent = () => undefined;
const quiet = { debug: silent, info: silent, warn: silent, error: silent };
