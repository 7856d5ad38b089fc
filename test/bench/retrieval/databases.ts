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

/** What was loaded into a database. */
export interface Loaded {
  /** The first of them. */
  readonly shopId: string;
  readonly shopIds: readonly string[];
  readonly built: Built;
}

/** The items are divided among so many shops. */
export async function build(
  db: Database,
  url: string,
  { items, embeddings, shops = 1 }: { items: number; embeddings: Embeddings; shops?: number },
): Promise<Loaded> {
  const all = makeCatalogue(embeddings.train, items);
  const built = { loadSeconds: 0, indexSeconds: 0 };
  const shopIds: string[] = [];
  for (let i = 0; i < shops; i++) {
    const shop = { name: `Bench ${i}`, currency: 'EUR', isDemo: false };
    const shopId = await db.asOwner((tx) => createShop(tx, shop));
    const own = take(all, Math.ceil(items / shops));
    const { loadSeconds, indexSeconds } = await loadCatalogue(url, shopId, own);
    built.loadSeconds += loadSeconds;
    built.indexSeconds += indexSeconds;
    shopIds.push(shopId);
  }
  await administer(url, 'vacuum (analyze) items', 'vacuum (analyze) item_images');
  return { shopId: shopIds[0]!, shopIds, built };
}

function* take<T>(from: Iterator<T>, count: number): Generator<T> {
  for (let i = 0; i < count; i++) {
    const { value, done } = from.next();
    if (done) return;
    yield value;
  }
}

export async function findKept(url: string, name: string): Promise<Loaded | null> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ comment: string | null }>(
    `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1`,
    [name],
  );
  await client.end();
  const kept = rows[0]?.comment ? JSON.parse(rows[0].comment) : null;
  return kept && { shopIds: [kept.shopId], ...kept };
}

export async function administer(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
