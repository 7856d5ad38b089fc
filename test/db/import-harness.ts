/** What the tests of the import share: drawn feeds, and a vision that is quick, deterministic and counted. */

import { appendFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeLimiter } from '../../server/access/limiter.ts';
import { makeErrorLinks } from '../../server/catalogue/imports/errors-url.ts';
import { findJob, type ImportJobRow } from '../../server/catalogue/imports/import-job.sql.ts';
import { openImportWatch } from '../../server/catalogue/imports/watch.ts';
import { openImportQueue } from '../../server/catalogue/queue/queue.ts';
import { makeItemLinks } from '../../server/catalogue/staff/items-url.ts';
import { loadConfig } from '../../server/config.ts';
import type { Services } from '../../server/context.ts';
import { openImageStore } from '../../server/images/store.ts';
import { makeImageLinks } from '../../server/images/url.ts';
import { makeInsightsLinks } from '../../server/insights/links.ts';
import { openRecorder } from '../../server/insights/recorder.ts';
import { makeLog } from '../../server/log.ts';
import { openPictureFetcher } from '../../server/photos/picture-fetcher.ts';
import { openFolderStore } from '../../server/store/folder-store.ts';
import { openPreviews } from '../../server/try-on/previews.ts';
import type { ParsedGarment, Vision } from '../../server/vision/contract.ts';
import { toSpace } from '../../server/vision/embedding-space.ts';
import { decode, encodeWebp } from '../../server/vision/image.ts';
import { bytesOf } from '../../server/vision/image-file.ts';
import { fullMask, rleEncode } from '../../server/vision/masks/masks.ts';
import { makeInHand } from '../../server/watchdog/in-hand.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { zipOf } from '../helpers/zip.ts';

const STEP = 5;
const SIDE = 32;

/** A grey square that `greyOf` knows again: images 0 to 50. */
export function drawGrey(index: number): Promise<Buffer> {
  return encodeWebp({ width: SIDE, height: SIDE, data: new Uint8Array(SIDE * SIDE * 3).fill(index * STEP) });
}

/** Finds one skirt in every image, but none in image 50; its embedding points along the image's own axis. */
export function fakeVision(options: { delayMs?: number; onParse?: (grey: number) => void } = {}): Vision {
  const garment = (grey: number, whole: boolean): ParsedGarment => {
    const embedding = new Float32Array(256);
    embedding[grey] = 1;
    const rle = rleEncode(fullMask(SIDE, SIDE));
    return {
      category: whole ? null : 9,
      score: 0.9,
      box: [0, 0, SIDE, SIDE],
      rle,
      area: SIDE * SIDE,
      whole,
      colour: 'grey',
      embedding,
    };
  };
  const greyOf = (data: Uint8Array) => Math.round(data[0]! / STEP);
  return {
    serving: { provider: 'cpu', passedOver: [] },
    embeddingModel: 'fake-1',
    embedding: toSpace('fake-1', {}),
    decode: async (file) => decode(await bytesOf(file)),
    async parse({ data }) {
      options.onParse?.(greyOf(data));
      if (options.delayMs) await pause(options.delayMs);
      return greyOf(data) === 50 ? [] : [garment(greyOf(data), false)];
    },
    parseRegion: async ({ data }) => garment(greyOf(data), true),
    embedWhole: async ({ data }) => garment(greyOf(data), true),
    close: async () => undefined,
  };
}

export const appendLine = (path: string, line: string) => appendFileSync(path, `${line}\n`);

export function makeConfig(dataDir: string, more: Record<string, string> = {}) {
  const environment: Partial<NodeJS.ProcessEnv> = {
    DATA_DIR: dataDir,
    WEB: 'false',
    DEMO: 'false',
    LOG: 'error',
    ...more,
  };
  return loadConfig(environment as NodeJS.ProcessEnv);
}

export async function makeTempDir(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'armoire-import-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A zip of a CSV with `count` good rows, `item-0` on, each with its own image, and these rows at its end. */
export async function writeFeedZip(
  path: string,
  count: number,
  badRows: readonly string[] = [],
): Promise<void> {
  const files: Record<string, Buffer | string> = {};
  const rows = Array.from({ length: count }, (_, i) => `item-${i},Item ${i},images/${i}.webp,10.00 EUR`);
  for (let i = 0; i < count; i++) files[`images/${i}.webp`] = await drawGrey(i);
  files['feed.csv'] = `id,title,image_link,price\n${[...rows, ...badRows].join('\n')}\n`;
  await writeFile(path, await zipOf(files));
}

export async function waitForJob(
  { db }: Pick<Services, 'db'>,
  shopId: string,
  jobId: string,
  isEnough = (job: ImportJobRow) => job.state !== 'running' && job.itemsPending === 0,
  seconds = 60,
): Promise<ImportJobRow> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const job = await db.inShop(shopId, (tx) => findJob(tx, jobId));
    if (job && isEnough(job)) return job;
    await pause(100);
  }
  throw new Error(`The import did not end within ${seconds} s.`);
}

export interface TestImports {
  readonly services: Services;
  readonly dataDir: string;
  close(): Promise<void>;
}

/** What the import stands on, over a database of the project's engine. */
export async function openTestImports(
  vision: Vision,
  environment: Record<string, string>,
): Promise<TestImports> {
  const db = await openTestDatabase();
  const config = makeConfig(db.dataDir, environment);
  const log = makeLog(config.log);

  const store = openFolderStore(db.dataDir);
  const images = openImageStore(store);
  const queue = await openImportQueue(db, log, store);
  const links = makeImageLinks('', Buffer.alloc(32));
  const limiter = makeLimiter(config.limits.perMinute, db);
  return {
    services: {
      config,
      db,
      vision,
      store,
      images,
      links,
      queue,
      pictures: openPictureFetcher(config),
      previews: openPreviews({ vision, images }),
      watch: openImportWatch(db),
      errorLinks: makeErrorLinks(Buffer.alloc(32)),
      itemLinks: makeItemLinks(Buffer.alloc(32)),
      insightsLinks: makeInsightsLinks(Buffer.alloc(32)),
      recorder: openRecorder(db, log),
      limiter,
      log,
      inHand: makeInHand(),
    },
    dataDir: db.dataDir,
    async close() {
      await queue.close();
      await db.close();
    },
  };
}
