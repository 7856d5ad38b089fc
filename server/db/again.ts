import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Pauses before the next tries of a transaction, in milliseconds. */
const PAUSES = [20, 100, 500, 2000];

/**
 * "serialization_failure" and "deadlock_detected": PostgreSQL has undone the transaction, and asks to begin it again.
 * "foreign_key_violation": another removed a row that this one had read, and will now miss.
 */
const CODES = ['40001', '40P01', '23503'];

/** What Citus says where a shop's rows went to other shards while a statement was planned or under way. */
const WAS_MOVED = /could not find valid entry for shard|relation "\w+_\d{6,}" does not exist/;

/**
 * Runs a transaction again that others got in the way of, or the moving of its shop in a distributed database. Nothing of
 * it has happened.
 */
export async function againIfOvertaken<T>(run: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES) {
    try {
      return await run();
    } catch (error) {
      if (!isWorthAnotherTry(error)) throw error;
    }
    await sleep(pause);
  }
  return run();
}

export function isWorthAnotherTry(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false;
  return CODES.includes(error.code ?? '') || WAS_MOVED.test(error.message);
}
