import pg from 'pg';
import type { Queryable } from '../database.ts';
import { isInUse, listOpenSteps, markDone, noteSteps, type Step } from './catalog.sql.ts';
import { type Node, prepareNodes } from './nodes.ts';
import { planDistribution } from './plan.ts';

/** So that every node has some, also where there are many. */
export const SHARDS = 32;

/** Any number that nothing else in the database uses as an advisory lock. */
const LOCK = 7_241_914;

export interface Distribution {
  readonly databaseUrl: string;
  readonly workers: readonly Node[];
  readonly shards?: number | undefined;
  /** Told of each step before it runs. */
  readonly onStep?: ((step: Step, of: number, at: number) => void) | undefined;
}

/** What is left to do, as statements: what was begun, or else a plan for the tables that are not distributed yet. */
export async function listSteps(db: Queryable, shards = SHARDS): Promise<string[]> {
  const open = await listOpenSteps(db);
  return open.length > 0 ? open.map(({ statement }) => statement) : planDistribution(db, shards);
}

/**
 * Distributes the tables of a migrated database by shop over these workers. It may be called again, whether it was cut
 * short or came to its end. Throws while a server uses the database. Returns how many steps there were.
 */
export async function distributeDatabase({
  databaseUrl,
  workers,
  shards = SHARDS,
  onStep,
}: Distribution): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'armoire distribute' });
  await client.connect();
  try {
    // Another one of these may be at work still, or its last step.
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    if (await isInUse(client)) throw new Error('A server uses this database: stop all servers first.');
    await prepareNodes(client, databaseUrl, workers);
    // It refuses triggers otherwise, which are safe where they stay within a shop, as ours do.
    await client.query('set citus.enable_unsafe_triggers = on');
    if ((await listOpenSteps(client)).length === 0) {
      await inTransaction(client, async () => noteSteps(client, await planDistribution(client, shards)));
    }
    const steps = await listOpenSteps(client);
    for (const [at, step] of steps.entries()) {
      onStep?.(step, steps.length, at + 1);
      await inTransaction(client, async () => {
        await client.query(step.statement);
        await markDone(client, step.number);
      });
    }
    return steps.length;
  } finally {
    await client.end();
  }
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
