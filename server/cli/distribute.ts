/** `npm run distribute -- plan|apply`: see USAGE. */
import { parseArgs } from 'node:util';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import { distributeDatabase, listSteps, SHARDS } from '../db/distribution/apply.ts';
import { type Node, parseNode } from '../db/distribution/nodes.ts';

const USAGE = `npm run distribute -- plan [--shards ${SHARDS}]
  Prints the statements that would distribute the database of DATABASE_URL by shop with Citus, or those that are left.

npm run distribute -- apply --worker HOST[:PORT]… [--shards ${SHARDS}]
  Runs them. Every worker is a PostgreSQL with Citus and pgvector that takes the user and password of DATABASE_URL.
  Stop all servers first and make a backup. If it is cut short, run it again: it goes on where it was.`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { worker: { type: 'string', multiple: true }, shards: { type: 'string' } },
  });
  const [verb, ...rest] = positionals;
  const workers = (values.worker ?? []).map(parseNode);
  const shards = Number(values.shards ?? SHARDS);
  const isFit = rest.length === 0 && Number.isInteger(shards) && shards >= 1 && shards <= 1024;
  const given = workers.filter((worker): worker is Node => worker !== null);
  if (!isFit || given.length < workers.length || (verb === 'apply') !== given.length > 0)
    return refuse(USAGE);
  const { databaseUrl, databasePool, dataDir } = loadConfig();
  if (!databaseUrl) return refuse('Set DATABASE_URL: the embedded database cannot be distributed.');
  // Migrates it.
  const db = await openDatabase({ databaseUrl, databasePool, dataDir });
  const steps = await db.asOwner((tx) => listSteps(tx, shards)).finally(() => db.close());
  if (verb === 'plan') {
    for (const step of steps) console.log(`${step};`);
    return 0;
  }
  if (verb !== 'apply') return refuse(USAGE);
  const done = await distributeDatabase({
    databaseUrl,
    workers: given,
    shards,
    onStep: ({ statement }, of, at) => console.log(`${at} of ${of}: ${statement.split('\n')[0]}`),
  });
  console.log(done === 0 ? 'There was nothing to do.' : 'The database is distributed.');
  return 0;
}

function refuse(reason: string): number {
  console.error(reason);
  return 2;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
