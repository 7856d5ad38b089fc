/**
 * What a shop's large import costs the others, and what cancelling it costs.
 *
 *   npm run bench -- queue [--rows N] [--database URL]
 *
 * Turns: while a feed of `rows` rows is read and parsed, another shop imports one row; the wait is from sending it to
 * its end. Cancelling: the large import is cancelled while all of it is pending; meanwhile another shop asks for its
 * items again and again, and its longest wait is told. The model is a fake that takes a second
 * a picture, and a wait is given up after a minute.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import 'reflect-metadata';
import { cancelImport } from '../../server/catalogue/imports/control.ts';
import { importFeed } from '../../server/catalogue/imports/import.ts';
import { findJob, type ImportJobRow } from '../../server/catalogue/imports/import-job.sql.ts';
import { startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { loadConfig } from '../../server/config.ts';
import type { Context, Services } from '../../server/context.ts';
import { openServices } from '../../server/services.ts';
import { createShop } from '../../server/shops/shops.sql.ts';
import { makeFakeVision } from '../helpers/fake-vision.ts';
import { drawPicture } from '../helpers/pictures.ts';

const PARSE_MS = 1000;
const PATIENCE_MS = 60_000;

export async function queueBench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { rows: { type: 'string', default: '8000' }, database: { type: 'string' } },
  });
  const rows = Number(values.rows);
  const dataDir = await mkdtemp(join(tmpdir(), 'armoire-bench-'));
  const picture = await drawPicture();
  const pictures = createServer((_, response) => response.end(picture));
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  const config = loadConfig({
    DATA_DIR: dataDir,
    WEB: 'false',
    DEMO: 'false',
    LOG: 'error',
    FETCH_ALLOW_HOSTS: host,
    ...(values.database ? { DATABASE_URL: values.database } : {}),
  } as unknown as NodeJS.ProcessEnv);
  const fake = makeFakeVision();
  const vision = {
    ...fake,
    parse: async (...of: Parameters<typeof fake.parse>) => pause(PARSE_MS, fake.parse(...of)),
  };
  const { services, close } = await openServices(config, { vision: async () => vision });
  const worker = await startImportWorker(services);
  try {
    const [big, small] = [await makeShop(services), await makeShop(services)];
    const feed = (count: number, name: string) =>
      Array.from(
        { length: count },
        (_, i) =>
          `${JSON.stringify({ id: `${name}-${i}`, title: 'Skirt', image_link: `http://${host}/${i}` })}\n`,
      ).join('');
    const large = await send(services, big, feed(rows, 'big'));
    await until(services, big, large, (job) => job.rowsTotal > 0);
    await turn(services, small, feed(1, 'while-read'), 'while the large feed is read');
    const read = await until(services, big, large, (job) => job.readAt !== null);
    console.log(`the large feed is read; ${read.itemsPending} items pending`);
    await turn(services, small, feed(1, 'while-parsed'), 'while its items are parsed');
    await cancel(services, big, small, large);
  } finally {
    await worker.stop();
    await close();
    pictures.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function turn(services: Services, shopId: string, feed: string, when: string): Promise<void> {
  const start = performance.now();
  const id = await send(services, shopId, feed);
  const job = await until(services, shopId, id, (job) => job.state !== 'running' || isLate(start));
  console.log(`one row ${when}: ${job.state === 'running' ? 'more than ' : ''}${seconds(start)}`);
}

async function cancel(services: Services, shopId: string, other: string, id: string): Promise<void> {
  let longest = 0;
  let over = false;
  const asking = (async () => {
    while (!over) {
      const start = performance.now();
      await services.db.inShop(other, (tx) => tx.query('select id from items limit 20'));
      longest = Math.max(longest, performance.now() - start);
      await pause(10);
    }
  })();
  const start = performance.now();
  const job = await cancelImport({ ...services, shopId } as unknown as Context, id);
  console.log(
    `cancelled after ${seconds(start)}: ${job.state}, ${job.itemsPending} pending, ${job.itemsCancelled} cancelled`,
  );
  for (;;) {
    const { rows } = await services.db.inShop(shopId, (tx) =>
      tx.query(`select from items where shop_id = $1 and state = 'pending' limit 1`, [shopId]),
    );
    if (rows.length === 0) break;
    await pause(100);
  }
  console.log(`no item pending any more after ${seconds(start)}`);
  over = true;
  await asking;
  console.log(`another shop's question waited for ${longest.toFixed(0)} ms at the most`);
}

function send(services: Services, shopId: string, feed: string): Promise<string> {
  const source = { kind: 'upload', stream: Readable.from([Buffer.from(feed)]) } as const;
  return importFeed(services, shopId, { name: 'bench', source });
}

async function until(
  { db }: Services,
  shopId: string,
  id: string,
  isEnough: (job: ImportJobRow) => boolean,
): Promise<ImportJobRow> {
  for (;;) {
    const job = await db.inShop(shopId, (tx) => findJob(tx, id));
    if (job && isEnough(job)) return job;
    await pause(50);
  }
}

const makeShop = ({ db }: Services) =>
  db.asOwner((tx) => createShop(tx, { name: 'Bench', currency: 'EUR', isDemo: false }));
const isLate = (start: number) => performance.now() - start > PATIENCE_MS;
const seconds = (start: number) => `${((performance.now() - start) / 1000).toFixed(1)} s`;
