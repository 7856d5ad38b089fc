import type pg from 'pg';
import { ArmoireError, NotFoundError } from '../errors/errors.ts';
import { openServerPool, type Patience } from './pool.ts';

/** How often the replica is looked at. */
const LOOK_MS = 5000;
/** Servers renew their rows in the table `servers` every ten seconds: a newest row as old as this means that it lags. */
const MAX_LAG_SECONDS = 30;
/** The database itself can answer instead, so one that is frozen or cut off is not waited for long. */
const PATIENCE: Patience = { silentMs: 2000, lookMs: 1000, probeMs: 2000, connectMs: 2000 };

/** A copy of the database that follows it, for reads that may be a little late. */
export interface Replica {
  readonly pool: pg.Pool;
  /** Whether it answered at the last look, and did not lag. */
  isUsable(): boolean;
  /** It failed: it is left alone until the next look. */
  doubt(): void;
  close(): Promise<void>;
}

/** One that cannot be reached, now or later, is not used, and not an error. */
export async function openReplica(url: string, connections: number): Promise<Replica> {
  const pool = openServerPool(url, connections, PATIENCE);
  let usable = false;
  let looking: Promise<void> = Promise.resolve();
  const look = async () => {
    usable = await follows(pool).catch(() => false);
  };
  const timer = setInterval(() => {
    looking = look();
  }, LOOK_MS);
  timer.unref();
  await look();
  return {
    pool,
    isUsable: () => usable,
    doubt: () => {
      usable = false;
    },
    async close() {
      clearInterval(timer);
      await looking;
      await pool.end();
    },
  };
}

async function follows(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ follows: boolean }>(
    `select coalesce(max(seen_at) > now() - $1 * interval '1 second', false) as follows from servers`,
    [MAX_LAG_SECONDS],
  );
  return rows[0]!.follows;
}

/** Whether the database itself may know better: what was made a moment ago, and what only the replica cannot do. */
export function isWorthAskingAgain(error: unknown): boolean {
  return error instanceof NotFoundError || !(error instanceof ArmoireError);
}
