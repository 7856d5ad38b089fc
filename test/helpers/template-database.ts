import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openImportQueue } from '../../server/catalogue/queue/queue.ts';
import { openDatabase } from '../../server/db/database.ts';
import { distributeDatabase } from '../../server/db/distribution/apply.ts';
import { makeLog } from '../../server/log.ts';
import { administer, listWorkers, urlOf } from './servers.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A migrated database that each test file copies: a folder, or a database's name on TEST_DATABASE_URL. */
    templateDatabase: string;
  }
}

/** Few, since each test file copies the database. */
const SHARDS = 4;

/** Makes the template once for each run: making an embedded database takes seconds, copying its folder does not. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { TEST_ENGINE: engine, TEST_DATABASE_URL: url = process.env.TEST_DATABASE_URL } = project.config.env;
  const template = engine === 'server' ? await onServer(url!, project.name === 'citus') : await embedded();
  project.provide('templateDatabase', template.name);
  return template.remove;
}

async function embedded() {
  const folder = await mkdtemp(join(tmpdir(), 'armoire-template-'));
  await fill({ dataDir: folder, databasePool: 1 });
  return { name: join(folder, 'pg'), remove: () => rm(folder, { recursive: true, force: true }) };
}

async function onServer(server: string, distributed: boolean) {
  const name = `armoire_template_${randomBytes(6).toString('hex')}`;
  await administer(`create database ${name}`, { server, nodes: [] });
  const databaseUrl = urlOf(name, server);
  await fill({ dataDir: '', databaseUrl, databasePool: 2 });
  const nodes = distributed ? await listWorkers(server) : [];
  if (distributed) {
    await distributeDatabase({ databaseUrl, workers: nodes, shards: SHARDS });
    // Citus connects to each database by itself, and one that is in use cannot be copied.
    await administer(`alter database ${name} with allow_connections false`, { server, nodes });
    await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`, {
      server,
      nodes,
    });
  }
  return { name, remove: () => administer(`drop database ${name} with (force)`, { server, nodes }) };
}

async function fill(config: Parameters<typeof openDatabase>[0]): Promise<void> {
  const db = await openDatabase(config);
  const queue = await openImportQueue(db, makeLog('error'), { name: 'template' });
  await queue.close();
  await db.close();
}
