import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase, type Queryable } from '../../server/db/database.ts';
import { administer, urlOf } from './servers.ts';

export interface TestDatabase extends Database {
  /** A folder of this test file alone: for images and staged feeds too. */
  readonly dataDir: string;
}

/** A fresh, migrated, empty database of the project's engine. `close` removes it. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'armoire-test-'));
  // Not above: it cannot be loaded outside of a test.
  const { inject } = await import('vitest');
  const template = inject('templateDatabase');
  if (process.env.TEST_ENGINE === 'server') {
    const name = `armoire_test_${randomBytes(6).toString('hex')}`;
    await administer(`create database ${name} template ${template}`);
    const db = await openDatabase({ dataDir, databaseUrl: urlOf(name), databasePool: 4 });
    return withRemoval(db, dataDir, () => administer(`drop database ${name} with (force)`));
  }
  await cp(template, join(dataDir, 'pg'), { recursive: true });
  return withRemoval(await openDatabase({ dataDir, databasePool: 1 }), dataDir, async () => undefined);
}

/** The same without a template, for commands: on PostgreSQL where TEST_DATABASE_URL is set. */
export async function openFreshDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'armoire-test-'));
  if (!process.env.TEST_DATABASE_URL) {
    return withRemoval(await openDatabase({ dataDir, databasePool: 1 }), dataDir, async () => undefined);
  }
  const name = `armoire_test_${randomBytes(6).toString('hex')}`;
  await administer(`create database ${name}`);
  const db = await openDatabase({ dataDir, databaseUrl: urlOf(name), databasePool: 4 });
  return withRemoval(db, dataDir, () => administer(`drop database ${name} with (force)`));
}

/** One that is there already. `close` leaves it there. */
export async function reopenTestDatabase(
  dataDir: string,
  databaseUrl?: string,
  databaseReadUrl?: string,
): Promise<TestDatabase> {
  return { ...(await openDatabase({ dataDir, databaseUrl, databaseReadUrl, databasePool: 4 })), dataDir };
}

function withRemoval(db: Database, dataDir: string, remove: () => Promise<void>): TestDatabase {
  return {
    ...db,
    dataDir,
    async close() {
      await db.close();
      await remove();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The database, with every statement inside a shop's transaction noted. */
export function recordStatements(db: Database): { db: Database; statements: string[] } {
  const statements: string[] = [];
  const recorded = <Tx extends Queryable>(tx: Tx): Tx => ({
    ...tx,
    query: (text, values) => {
      statements.push(text);
      return tx.query(text, values);
    },
  });
  const recording = (of: Database): Database => ({
    ...of,
    inShop: (shopId, work) => of.inShop(shopId, (tx) => work(recorded(tx))),
    readInShop: (shopId, work) => of.readInShop(shopId, (tx) => work(recorded(tx))),
    as: (client) => recording(of.as(client)),
  });
  return { db: recording(db), statements };
}
