/**
 * Outfits at scale: how long five outfits take, how varied they are at three settings of the dial, and how much of the
 * shop they show.
 *
 *   TEST_DATABASE_URL=postgresql://… npm run bench -- outfits [--items 10000,100000]
 *     [--embeddings FILE] [--anchors 1000] [--dials 0,0.5,1] [--timed 400] [--out FILE.json] [--keep]
 *
 * FILE and the databases are those of the bench `retrieval`. The anchors are items of the shop, evenly taken.
 */
import 'reflect-metadata';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeApp } from '../../server/app.ts';
import { loadConfig } from '../../server/config.ts';
import { type Database, openDatabase, type ShopQueryable } from '../../server/db/database.ts';
import { distanceBetween } from '../../server/outfits/diversity.ts';
import { findOutfits } from '../../server/outfits/find-outfits.ts';
import { openServices } from '../../server/services.ts';
import type { Vision } from '../../server/vision/contract.ts';
import { openVision } from '../../server/vision/vision.ts';
import { contextOf } from './outfits/context.ts';
import { gini } from './outfits/gini.ts';
import { administer, build, findKept, openPostgres } from './retrieval/databases.ts';
import { type Embeddings, embedDrawings, readEmbeddings } from './retrieval/embeddings.ts';
import { BENCH_MODEL } from './retrieval/load.ts';
import { quantile } from './stats.ts';

const CONNECTIONS = 4;
const COUNT = 5;
const WARM_UP = 60;

export async function outfits(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      items: { type: 'string', default: '10000,100000' },
      embeddings: { type: 'string' },
      anchors: { type: 'string', default: '1000' },
      dials: { type: 'string', default: '0,0.5,1' },
      timed: { type: 'string', default: '400' },
      out: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const embeddings = values.embeddings ? await readEmbeddings(values.embeddings) : await embedDrawings();
  console.log(`${embeddings.train.length} embeddings, of ${embeddings.source}\n`);
  const real = await openVision({ modelDir: 'model/weights' });
  const vision = underBenchModel(real);
  const { url, stop } = openPostgres();
  const results = [];
  try {
    for (const items of values.items.split(',').map(Number)) {
      const result = await measure(url, vision, {
        items,
        embeddings,
        anchors: Number(values.anchors),
        dials: values.dials.split(',').map(Number),
        timed: Number(values.timed),
        keep: values.keep,
      });
      results.push(result);
      print(result);
      if (values.out) await writeFile(values.out, JSON.stringify(results, null, 2));
    }
  } finally {
    await real.close();
    stop();
  }
}

/** The vectors of the bench are made from real ones, under a name of their own. */
function underBenchModel(vision: Vision): Vision {
  const { compatibility } = vision;
  if (!compatibility) throw new Error('model/weights has no compatibility model.');
  return {
    ...vision,
    embeddingModel: BENCH_MODEL,
    embedding: { ...vision.embedding, model: BENCH_MODEL },
    embedders: undefined,
    compatibility: { ...compatibility, embeddingModel: BENCH_MODEL },
  };
}

interface DialResult {
  readonly dial: number;
  /** Means over the anchors' lists. */
  readonly distance: number;
  readonly score: number;
  readonly outfits: number;
  /** Share of the items in stock that are in any outfit, and how unevenly. */
  readonly coverage: number;
  readonly mostPossible: number;
  readonly gini: number;
}

interface Result {
  readonly items: number;
  readonly anchors: number;
  /** Milliseconds of a request over HTTP, and of it outside the database. */
  readonly p50: number;
  readonly p95: number;
  readonly outside: { readonly p50: number; readonly p95: number };
  /**
   * Milliseconds of processor time of a request: of this process, the client's share included, and of the database's
   * (null unless it is on this machine). What others do on the machine does not count.
   */
  readonly processor: number;
  readonly databaseProcessor: number | null;
  readonly statements: number;
  readonly load: number;
  readonly dials: DialResult[];
}

async function measure(
  url: string,
  vision: Vision,
  of: {
    items: number;
    embeddings: Embeddings;
    anchors: number;
    dials: readonly number[];
    timed: number;
    keep: boolean;
  },
): Promise<Result> {
  const name = `armoire_bench_${of.items}`;
  const databaseUrl = Object.assign(new URL(url), { pathname: `/${name}` }).toString();
  const known = await findKept(url, name);
  if (!known) await administer(url, `drop database if exists ${name}`, `create database ${name}`);
  const opened = await openDatabase({ dataDir: '', databaseUrl, databasePool: CONNECTIONS });
  try {
    const { shopId, built } = known ?? (await build(opened, databaseUrl, of));
    if (of.keep)
      await administer(url, `comment on database ${name} is '${JSON.stringify({ shopId, built })}'`);
    const clock = { sql: 0, statements: 0 };
    const db = timed(opened, clock);
    const inStock = await listInStock(db, shopId);
    const step = inStock.length / Math.min(of.anchors, inStock.length);
    const anchors = Array.from(
      { length: Math.floor(inStock.length / step) },
      (_, i) => inStock[Math.floor(i * step)]!,
    );
    const speed = await measureSpeed(db, vision, shopId, anchors, clock, of.timed);
    const dials = [];
    for (const dial of of.dials)
      dials.push(await measureDial(db, vision, { shopId, anchors, inStock, dial }));
    return { items: of.items, anchors: anchors.length, ...speed, dials };
  } finally {
    await opened.close();
    if (!of.keep) await administer(url, `drop database if exists ${name} with (force)`);
  }
}

/** Adds up how long transactions wait for the database, from the first statement to the last. */
function timed(db: Database, clock: { sql: number; statements: number }): Database {
  const counted = (tx: ShopQueryable): ShopQueryable => ({
    ...tx,
    async query(text, values) {
      const start = performance.now();
      clock.statements += 1;
      try {
        return await tx.query(text, values);
      } finally {
        clock.sql += performance.now() - start;
      }
    },
  });
  const timing = (of: Database): Database => ({
    ...of,
    async inShop(shopId, work) {
      // What begins and ends the transaction is the database's time too.
      const start = performance.now();
      let [first, last] = [start, start];
      const answer = await of.inShop(shopId, async (tx) => {
        first = performance.now();
        try {
          return await work(counted(tx));
        } finally {
          last = performance.now();
        }
      });
      clock.sql += first - start + (performance.now() - last);
      return answer;
    },
    as: (client) => timing(of.as(client)),
  });
  return timing(db);
}

const QUERY = `query ($id: ID!) {
  outfits(to: { itemId: $id }, count: ${COUNT}) {
    outfits {
      id score source total { amount currency }
      pieces { slot item { id title brand link imageUrl(width: 320) price { amount currency } } }
      reason { summary pairs { slots score colours summary } }
    }
  }
}`;

async function measureSpeed(
  db: Database,
  vision: Vision,
  shopId: string,
  anchors: readonly string[],
  clock: { sql: number; statements: number },
  timed: number,
) {
  const loaded = loadConfig({ WEB: '0', DEMO: '0', LOG: 'error' });
  const perMinute = { ...loaded.limits.perMinute };
  for (const key of Object.keys(perMinute) as (keyof typeof perMinute)[]) perMinute[key] = 1e9;
  const dataDir = await mkdtemp(join(tmpdir(), 'armoire-bench-'));
  const config = { ...loaded, dataDir, limits: { ...loaded.limits, perMinute } };
  const open = async () => ({ ...db, close: async () => undefined });
  const { services, access, close } = await openServices(config, {
    vision: async () => ({ ...vision, close: async () => undefined }),
    database: open,
  });
  const app = await makeApp(services, { ...access, defaultShopId: shopId });
  await new Promise<void>((resolve) => app.http.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(app.http.address() as AddressInfo).port}/graphql`;
  const ask = async (id: string) => {
    const body = JSON.stringify({ query: QUERY, variables: { id } });
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { errors } = (await response.json()) as { errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
  };
  const [all, outside]: [number[], number[]] = [[], []];
  let [statements, before] = [0, process.cpuUsage()];
  let database: number | null = null;
  for (let i = -WARM_UP; i < timed; i++) {
    if (i === 0) {
      [statements, before] = [clock.statements, process.cpuUsage()];
      database = await processorOf(db);
    }
    const [start, sql] = [performance.now(), clock.sql];
    await ask(anchors[(i + WARM_UP) % anchors.length]!);
    const took = performance.now() - start;
    if (i < 0) continue;
    all.push(took);
    outside.push(took - (clock.sql - sql));
  }
  const used = process.cpuUsage(before);
  const databaseAfter = await processorOf(db);
  await app.stop();
  await close();
  return {
    p50: quantile(all, 0.5),
    p95: quantile(all, 0.95),
    outside: { p50: quantile(outside, 0.5), p95: quantile(outside, 0.95) },
    processor: (used.user + used.system) / 1000 / timed,
    databaseProcessor:
      database === null || databaseAfter === null ? null : (databaseAfter - database) / timed,
    statements: (clock.statements - statements) / timed,
    load: loadavg()[0]!,
  };
}

/** Processor time so far of all that serve connections to the database, if they run on this machine. */
async function processorOf(db: Database): Promise<number | null> {
  const { rows } = await db.asOwner((tx) =>
    tx.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'`,
    ),
  );
  try {
    const stats = await Promise.all(rows.map(({ pid }) => readFile(`/proc/${pid}/stat`, 'utf8')));
    // After the name in brackets: utime and stime are the 12th and 13th, in hundredths of a second.
    const ticks = stats.map((stat) =>
      stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 13)
        .map(Number),
    );
    return ticks.flat().reduce((sum, value) => sum + value, 0) * 10;
  } catch {
    return null;
  }
}

async function listInStock(db: Database, shopId: string): Promise<string[]> {
  const { rows } = await db.inShop(shopId, (tx) =>
    tx.query<{ id: string }>(`select id from items where availability <> 'out_of_stock' order by md5(id)`),
  );
  return rows.map(({ id }) => id);
}

async function measureDial(
  db: Database,
  vision: Vision,
  of: { shopId: string; anchors: readonly string[]; inStock: readonly string[]; dial: number },
): Promise<DialResult> {
  const context = contextOf(db, vision, of.shopId);
  const shown = new Map(of.inStock.map((id) => [id, 0]));
  const [distances, scores]: [number[], number[]] = [[], []];
  let [outfits, places] = [0, 0];
  for (const id of of.anchors) {
    const found = await findOutfits(
      context,
      { kind: 'item', id },
      { count: COUNT, diversity: of.dial, seed: 0 },
    );
    if ('emptyReason' in found) continue;
    outfits += found.outfits.length;
    scores.push(mean(found.outfits.map(({ score }) => score)));
    const pairs = found.outfits.flatMap((a, i) =>
      found.outfits.slice(i + 1).map((b) => distanceBetween(a, b)),
    );
    if (pairs.length > 0) distances.push(mean(pairs));
    for (const piece of found.outfits.flatMap(({ pieces }) => pieces)) {
      if (piece.id === id) continue;
      places += 1;
      shown.set(piece.id, (shown.get(piece.id) ?? 0) + 1);
    }
  }
  const counts = [...shown.values()];
  return {
    dial: of.dial,
    distance: mean(distances),
    score: mean(scores),
    outfits: outfits / of.anchors.length,
    coverage: counts.filter((count) => count > 0).length / counts.length,
    mostPossible: Math.min(1, places / counts.length),
    gini: gini(counts),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const ms = (value: number) => `${value.toFixed(0)} ms`;
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;

function print({ items, anchors, p50, p95, outside, statements, load, dials, ...times }: Result): void {
  console.log(
    `${items.toLocaleString('en')} items: ${COUNT} outfits in ${ms(p50)} (p95 ${ms(p95)}), outside the database ` +
      `${ms(outside.p50)} (p95 ${ms(outside.p95)}); processor time ` +
      `${ms(times.processor)} and ${times.databaseProcessor === null ? 'unknown' : ms(times.databaseProcessor)} of the database; ${statements.toFixed(0)} statements; load ${load.toFixed(1)}`,
  );
  const [top] = dials;
  for (const { dial, distance, score, outfits, coverage, mostPossible, gini } of dials) {
    console.log(
      `  dial ${dial}: distance ${distance.toFixed(3)} (× ${(distance / top!.distance).toFixed(2)}), score ` +
        `${score.toFixed(3)} (${percent(score / top!.score - 1)}), ${outfits.toFixed(1)} outfits; over ${anchors} anchors ` +
        `${percent(coverage)} of the items in stock (${percent(mostPossible)} at most), Gini ${gini.toFixed(3)}`,
    );
  }
  console.log();
}
