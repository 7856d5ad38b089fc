/**
 * What an import costs beside the model, and whether one that is killed loses anything.
 *
 *   npm run bench -- import [--rows N] [--sample N] [--rounds N] [--database URL]
 *
 * Throughput: `sample` drawn pictures through the bare pipeline (decode, parse, embed, store; no queue, no database),
 * then the same pictures as an import, round after round; the ratio is that of each round, so that a busy machine
 * slows both. Kills: `rows` drawn rows and one broken in a hundred, in a process that is killed twice on the way.
 */

import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bytesOf } from '../../server/vision/image-file.ts';
import 'reflect-metadata';
import { importFeed } from '../../server/catalogue/imports/import.ts';
import { findJob } from '../../server/catalogue/imports/import-job.sql.ts';
import { ITEMS_IN_FLIGHT, startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { loadConfig } from '../../server/config.ts';
import type { Services } from '../../server/context.ts';
import { drawDemoFeed } from '../../server/demo/feed.ts';
import { openImageStore } from '../../server/images/store.ts';
import { openServices } from '../../server/services.ts';
import { createShop } from '../../server/shops/shops.sql.ts';
import { openFolderStore } from '../../server/store/folder-store.ts';
import type { Image, Vision } from '../../server/vision/contract.ts';
import { ingestImage } from '../../server/vision/ingest.ts';
import { openVision } from '../../server/vision/vision.ts';
import { zipOf } from '../helpers/zip.ts';
import { quantile } from './stats.ts';

const CHILD = fileURLToPath(new URL('import-child.ts', import.meta.url));
const KILLS = [0.25, 0.6];

export async function importBench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '300' },
      sample: { type: 'string', default: '60' },
      rounds: { type: 'string', default: '3' },
      database: { type: 'string' },
    },
  });
  const [rows, sample, rounds] = [values.rows, values.sample, values.rounds].map(Number) as [
    number,
    number,
    number,
  ];
  const folder = await mkdtemp(join(tmpdir(), 'armoire-bench-'));
  try {
    const pictures: Buffer[] = [];
    for await (const { image } of drawDemoFeed({ count: Math.max(rows, sample) })) pictures.push(image);
    if (sample > 0) await throughput(folder, pictures.slice(0, sample), rounds, values.database);
    if (rows > 0) await kills(folder, pictures.slice(0, rows), values.database);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function throughput(folder: string, pictures: Buffer[], rounds: number, databaseUrl?: string) {
  const config = configOf(join(folder, 'throughput'), databaseUrl);
  const watched = watchParses(await openVision({ modelDir: config.modelDir }));
  const { services, close } = await openServices(config, { vision: async () => watched.vision });
  const worker = await startImportWorker(services);
  const ratios: number[] = [];
  const delays: number[] = [];
  // The first run of a model is slow.
  await bare(services.vision, pictures.slice(0, 4), join(folder, 'warm'));
  for (let round = 1; round <= rounds; round++) {
    const alone = await bare(services.vision, pictures, join(folder, `bare-${round}`));
    const imported = await imports(services, watched.endOf, pictures, join(folder, `${round}.zip`));
    ratios.push(imported.perSecond / alone);
    delays.push(...imported.delays);
    console.log(
      `round ${round}: bare ${alone.toFixed(2)}, import ${imported.perSecond.toFixed(2)} pictures a second: ` +
        `ratio ${(imported.perSecond / alone).toFixed(3)}`,
    );
  }
  await worker.stop();
  await close();
  console.log(`throughput: ${pictures.length} pictures, median ratio ${quantile(ratios, 0.5).toFixed(3)}`);
  console.log(
    `parse to searchable: median ${quantile(delays, 0.5).toFixed(0)} ms, p95 ${quantile(delays, 0.95).toFixed(0)} ms, ` +
      `longest ${Math.max(...delays).toFixed(0)} ms (looked for every 200 ms)\n`,
  );
}

/** Pictures a second, as many in flight as the import has. */
async function bare(vision: Vision, pictures: readonly Buffer[], store: string): Promise<number> {
  const images = openImageStore(openFolderStore(store));
  const waiting = [...pictures];
  const start = performance.now();
  const lane = async () => {
    for (let bytes = waiting.shift(); bytes; bytes = waiting.shift()) {
      const { garments } = await ingestImage({ vision, images }, bytes, 'catalogue');
      if (garments.length === 0) await vision.embedWhole(await vision.decode(bytes, 'catalogue'));
    }
  };
  await Promise.all(Array.from({ length: ITEMS_IN_FLIGHT }, lane));
  return (pictures.length * 1000) / (performance.now() - start);
}

async function imports(services: Services, endOf: Map<string, number>, pictures: Buffer[], path: string) {
  const { db } = services;
  const shop = { name: 'Bench', currency: 'EUR', isDemo: false };
  const shopId = await db.asOwner((tx) => createShop(tx, shop));
  await writeFile(path, await feedOf(pictures, 0));
  endOf.clear();
  const start = performance.now();
  const jobId = await importFeed(services, shopId, { name: 'bench', source: { kind: 'file', path } });
  const seen = new Map<string, number>();
  for (;;) {
    const job = await db.inShop(shopId, (tx) => findJob(tx, jobId));
    const { rows } = await db.inShop(shopId, (tx) =>
      tx.query<{ id: string }>(
        `select i.id from items i join garments g on g.shop_id = i.shop_id and g.item_id = i.id and g.is_primary
         where i.shop_id = $1 and i.state = 'ready'`,
        [shopId],
      ),
    );
    for (const { id } of rows) if (!seen.has(id)) seen.set(id, performance.now());
    if (job && job.itemsPending === 0 && job.readAt) break;
    await pause(200);
  }
  const last = Math.max(...seen.values());
  const delays = pictures.flatMap((bytes, i) => {
    const [end, at] = [endOf.get(nameOf(bytes)), seen.get(`item-${i}`)];
    return end !== undefined && at !== undefined ? [at - end] : [];
  });
  return { perSecond: (pictures.length * 1000) / (last - start), delays };
}

/** Notes when each picture's parse ended. */
function watchParses(vision: Vision): { vision: Vision; endOf: Map<string, number> } {
  const names = new WeakMap<Image, string>();
  const endOf = new Map<string, number>();
  return {
    endOf,
    vision: {
      ...vision,
      async decode(file, turn) {
        const bytes = await bytesOf(file);
        const image = await vision.decode(bytes, turn);
        names.set(image, nameOf(bytes));
        return image;
      },
      async parse(image, turn) {
        const garments = await vision.parse(image, turn);
        endOf.set(names.get(image) ?? '', performance.now());
        return garments;
      },
    },
  };
}

async function kills(folder: string, pictures: Buffer[], databaseUrl?: string): Promise<void> {
  const [dataDir, feed, log] = ['killed', 'killed.zip', 'killed.log'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const broken = Math.max(1, Math.round(pictures.length / 100));
  await writeFile(feed, await feedOf(pictures, broken));
  const lines = async () => (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const parsed = async () => (await lines()).filter((line) => line === 'parse').length;
  const start = () => fork(CHILD, [dataDir, feed, log, databaseUrl ?? ''], { execArgv: ['--import', 'tsx'] });
  for (const part of KILLS) {
    const child = start();
    while ((await parsed()) < part * pictures.length && child.exitCode === null) await pause(200);
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    console.log(`killed after ${await parsed()} parses`);
  }
  const [code] = await once(start(), 'exit');
  const end = JSON.parse((await lines()).at(-1)?.replace('end ', '') ?? '{}');
  const good =
    code === 0 &&
    end.ready === pictures.length &&
    end.garmentItems === pictures.length &&
    end.job?.itemsReady === pictures.length &&
    end.errors === broken;
  console.log(
    `${pictures.length} good rows and ${broken} broken ones, killed twice: ${end.ready} items ready, ` +
      `${end.garmentItems} with one primary garment, ${end.errors} errors listed, ` +
      `${(await parsed()) - pictures.length} pictures parsed again: ${good ? 'good' : 'NOT GOOD'}`,
  );
  if (!good) process.exitCode = 1;
}

async function feedOf(pictures: readonly Buffer[], broken: number): Promise<Buffer> {
  const rows = [
    'id,title,image_link,price',
    ...pictures.map((_, i) => `item-${i},Item ${i},${i}.webp,10.00 EUR`),
    ...Array.from({ length: broken }, (_, i) => `broken-${i},Broken,none.webp,`),
  ];
  const files = Object.fromEntries(pictures.map((bytes, i) => [`${i}.webp`, bytes]));
  return zipOf({ ...files, 'feed.csv': `${rows.join('\n')}\n` });
}

function nameOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function configOf(dataDir: string, databaseUrl?: string) {
  return loadConfig({
    DATA_DIR: dataDir,
    WEB: 'off',
    DEMO: 'off',
    LOG: 'error',
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  });
}
