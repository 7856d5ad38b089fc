/**
 * Searches at scale: build time, sizes, recall, and how long a search takes through SQL and through GraphQL.
 *
 *   TEST_DATABASE_URL=postgresql://… npm run bench -- retrieval [--items 10000,100000,1000000]
 *     [--shops N] [--worker HOST:PORT…] [--embeddings FILE] [--queries N] [--out FILE.json] [--keep]
 *
 * `--shops` divides the items among so many shops, which the searches take in turn. `--worker` distributes the database
 * by shop over these nodes once it is loaded.
 *
 * FILE is what `npm run bench -- embed` wrote; without it, embeddings of the project's own drawings. Without
 * TEST_DATABASE_URL a PostgreSQL is started by .ci/postgres. For a million items give that server
 * `shared_buffers = 4GB` and `maintenance_work_mem = 3GB`. A database that an earlier run kept is used again.
 */
import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createKey } from '../../server/access/keys.ts';
import { type Database, openDatabase } from '../../server/db/database.ts';
import { distributeDatabase } from '../../server/db/distribution/apply.ts';
import { type Node, parseNode } from '../../server/db/distribution/nodes.ts';
import { insertGarments } from '../../server/garments/garments.sql.ts';
import { insertPhoto } from '../../server/photos/photos.sql.ts';
import { IMAGE, makeGarment } from '../helpers/factories.ts';
import { LEVELS, type Level, RECIPE } from './retrieval/catalogue.ts';
import { administer, build, findKept, openPostgres } from './retrieval/databases.ts';
import { type Embeddings, embedDrawings, readEmbeddings } from './retrieval/embeddings.ts';
import { BENCH_MODEL } from './retrieval/load.ts';
import {
  CONNECTIONS,
  measureRecall,
  measureSpeed,
  type Query,
  startServer,
  warmUp,
} from './retrieval/measure.ts';
import { printSize, type SizeResult } from './retrieval/report.ts';

const CONCURRENCY = [1, 8, 32];

export async function retrieval(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      items: { type: 'string', default: '10000,100000,1000000' },
      embeddings: { type: 'string' },
      queries: { type: 'string', default: '50' },
      shops: { type: 'string', default: '1' },
      worker: { type: 'string', multiple: true, default: [] },
      out: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const embeddings = values.embeddings ? await readEmbeddings(values.embeddings) : await embedDrawings();
  const { source, train, queries } = embeddings;
  console.log(`${train.length} training embeddings, ${queries.length} held out, of ${source};\n${RECIPE}\n`);
  const workers = values.worker.map((worker) => {
    const node = parseNode(worker);
    if (!node) throw new Error(`${worker} is not HOST:PORT.`);
    return node;
  });
  const of = { embeddings, queries: Number(values.queries), shops: Number(values.shops), workers };
  const { url, stop } = openPostgres();
  const results: SizeResult[] = [];
  try {
    for (const items of values.items.split(',').map(Number)) {
      const result = await measureSize(url, { items, ...of }, values.keep);
      results.push(result);
      printSize(result);
      if (values.out)
        await writeFile(values.out, JSON.stringify({ source, recipe: RECIPE, results }, null, 2));
    }
  } finally {
    stop();
  }
}

interface Size {
  readonly items: number;
  readonly embeddings: Embeddings;
  readonly queries: number;
  readonly shops: number;
  readonly workers: readonly Node[];
}

async function measureSize(url: string, of: Size, keep: boolean): Promise<SizeResult> {
  const isDistributed = of.workers.length > 0;
  const name = `armoire_bench_${of.items}${of.shops > 1 ? `_${of.shops}` : ''}${isDistributed ? '_distributed' : ''}`;
  const databaseUrl = Object.assign(new URL(url), { pathname: `/${name}` }).toString();
  const known = await findKept(url, name);
  if (!known) await administer(url, `drop database if exists ${name}`, `create database ${name}`);
  const db = await openDatabase({ dataDir: '', databaseUrl, databasePool: CONNECTIONS });
  try {
    const loaded = known ?? (await build(db, databaseUrl, of));
    if (!known && isDistributed) await distributeDatabase({ databaseUrl, workers: of.workers });
    if (keep) await administer(url, `comment on database ${name} is '${JSON.stringify(loaded)}'`);
    const { shopId, shopIds, built } = loaded;
    // Of a partition, which a distributed table has none of.
    const sizes = of.shops > 1 || isDistributed ? null : await readSizes(db, shopId);
    const queries = await addQueries(db, shopIds, of.embeddings.queries, of.queries);
    const bench = { db, queries };
    const levels = Object.keys(LEVELS) as Level[];
    const recall = [];
    for (const level of levels) recall.push(await measureRecall(bench, level));
    const { address, child } = await startServer(databaseUrl, shopId);
    await warmUp(bench, address);
    const speed = [];
    for (const concurrency of CONCURRENCY) {
      for (const level of levels) speed.push(await measureSpeed(bench, { level, concurrency }, address));
    }
    child.kill();
    return { items: of.items, built, sizes, recall, speed };
  } finally {
    await db.close();
    if (!keep) await administer(url, `drop database if exists ${name} with (force)`);
  }
}

/** In bytes. */
async function readSizes(db: Database, shopId: string): Promise<NonNullable<SizeResult['sizes']>> {
  const partition = `garments_${shopId.replaceAll('-', '')}`;
  const { rows } = await db.asOwner((tx) =>
    tx.query<NonNullable<SizeResult['sizes']>>(
      `select pg_table_size('items') + pg_indexes_size('items') as items,
         pg_table_size($1::regclass) as garments,
         (select sum(pg_relation_size(x.indexrelid))::bigint from pg_index x join pg_class c on c.oid = x.indexrelid
          join pg_am a on a.oid = c.relam where x.indrelid = $1::regclass and a.amname = 'hnsw') as hnsw,
         (select sum(pg_relation_size(x.indexrelid))::bigint from pg_index x join pg_class c on c.oid = x.indexrelid
          join pg_am a on a.oid = c.relam where x.indrelid = $1::regclass and a.amname <> 'hnsw') as others`,
      [partition],
    ),
  );
  return rows[0]!;
}

/** The held-out garments, evenly taken, each on a shopper's photo; the shops take turns. */
async function addQueries(
  db: Database,
  shopIds: readonly string[],
  held: Embeddings['queries'],
  count: number,
): Promise<Query[]> {
  const step = Math.max(1, held.length / count);
  const queries: Query[] = [];
  const keys = new Map<string, string>();
  // Whoever has no key asks the first shop.
  for (const shopId of shopIds.slice(1))
    keys.set(
      shopId,
      (await createKey(db, shopId, { role: 'merchandiser', label: 'Bench', domains: null })).key,
    );
  for (let at = 0; at < held.length; at += step) {
    const { vector } = held[Math.floor(at)]!;
    const shopId = shopIds[queries.length % shopIds.length]!;
    const garmentId = await db.inShop(shopId, async (tx) => {
      const { id } = await insertPhoto(tx, { shopId, ...IMAGE, sha256: 'cd'.repeat(32), ttlHours: 48 });
      const garments = [makeGarment({ embedding: vector })];
      await insertGarments(tx, { shopId, embeddingModel: BENCH_MODEL, garments, photoId: id });
      const { rows } = await tx.query<{ id: string }>(
        'select id from garments where shop_id = $1 and photo_id = $2',
        [shopId, id],
      );
      return rows[0]!.id;
    });
    queries.push({ shopId, key: keys.get(shopId), garmentId, vector: `[${vector.join(',')}]` });
  }
  return queries;
}
