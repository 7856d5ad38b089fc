import PgBoss from 'pg-boss';
import type { Database } from '../../db/database.ts';
import type { Log } from '../../log.ts';

/** A claim not extended for this long belongs to a dead process. */
const EXPIRE_SECONDS = 45;
const MAINTENANCE_SECONDS = 15;
/** The worker decides when to give up, see `Claimed.attempt`; pg-boss must not do so first. */
const RETRY_LIMIT = 1_000;
const RETRY_DELAY_SECONDS = 2;

/** Starts pg-boss with these queues, in the schema `pgboss` of the same database. */
export async function startBoss(
  db: Database,
  log: Pick<Log, 'error'>,
  queues: readonly string[],
): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => execute(db, text, values) },
    schedule: false,
    maintenanceIntervalSeconds: MAINTENANCE_SECONDS,
  });
  boss.on('error', (error) => log.error('The import queue has a problem.', error));
  await boss.start();
  const options = {
    retryLimit: RETRY_LIMIT,
    retryDelay: RETRY_DELAY_SECONDS,
    retryBackoff: true,
    expireInSeconds: EXPIRE_SECONDS,
  };
  for (const name of queues) await boss.createQueue(name, { name, ...options });
  return boss;
}

async function execute(db: Database, text: string, values?: unknown[]) {
  const client = await db.pool.connect();
  let broken = false;
  try {
    return await client.query(text, values);
  } catch (error) {
    // pg-boss sends "begin; …; commit" as one text: after a failure, the transaction is still open.
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
