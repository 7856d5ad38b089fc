/** The databases of a bench: on a PostgreSQL of its own, and kept from run to run if asked. */
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Database } from '../../../server/db/database.ts';
import { createShop } from '../../../server/shops/shops.sql.ts';
import { makeCatalogue } from './catalogue.ts';
import type { Embeddings } from './embeddings.ts';
import { type Built, loadCatalogue } from './load.ts';

export function openPostgres(): { url: string; stop: () => void } {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: () => undefined };
  const folder = join(tmpdir(), 'armoire-bench-postgres');
  const url = execFileSync('.ci/postgres', ['start', folder], { encoding: 'utf8' }).trim();
  return { url, stop: () => void execFileSync('.ci/postgres', ['stop', folder]) };
}

export async function build(
  db: Database,
  url: string,
  { items, embeddings }: { items: number; embeddings: Embeddings },
): Promise<{ shopId: string; built: Built }> {
  const shopId = await db.asOwner((tx) => createShop(tx, { name: 'Bench', currency: 'EUR', isDemo: false }));
  return { shopId, built: await loadCatalogue(url, shopId, makeCatalogue(embeddings.train, items)) };
}

export async function findKept(url: string, name: string): Promise<{ shopId: string; built: Built } | null> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ comment: string | null }>(
    `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1`,
    [name],
  );
  await client.end();
  return rows[0]?.comment ? JSON.parse(rows[0].comment) : null;
}

export async function administer(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
