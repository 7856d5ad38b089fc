import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openImportQueue } from '../../server/catalogue/queue/queue.ts';
import { openDatabase } from '../../server/db/database.ts';
import { makeLog } from '../../server/log.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A migrated database that each test file copies: a folder, or a database's name on TEST_DATABASE_URL. */
    templateDatabase: string;
  }
}

/** Makes the template once for each run: making an embedded database takes seconds, copying its folder does not. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const engine = project.config.env.TEST_ENGINE;
  const template = engine === 'server' ? await onServer() : await embedded();
  project.provide('templateDatabase', template.name);
  return template.remove;
}

async function embedded() {
  const folder = await mkdtemp(join(tmpdir(), 'armoire-template-'));
  await fill({ dataDir: folder, databasePool: 1 });
  return { name: join(folder, 'pg'), remove: () => rm(folder, { recursive: true, force: true }) };
}

async function onServer() {
  const name = `armoire_template_${randomBytes(6).toString('hex')}`;
  await administer(`create database ${name}`);
  await fill({ dataDir: '', databaseUrl: urlOf(name), databasePool: 2 });
  return { name, remove: () => administer(`drop database ${name} with (force)`) };
}

async function fill(config: Parameters<typeof openDatabase>[0]): Promise<void> {
  const db = await openDatabase(config);
  const queue = await openImportQueue(db, makeLog('error'), { name: 'template' });
  await queue.close();
  await db.close();
}

/** The address of a database on the server that TEST_DATABASE_URL names. */
export function urlOf(database: string): string {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = `/${database}`;
  return url.href;
}

/** One statement as the server's own user, outside of any test's database. */
export async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
