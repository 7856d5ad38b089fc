import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFetcher } from '../../server/catalogue/fetch/fetcher.ts';
import { importFeed } from '../../server/catalogue/imports/import.ts';
import { insertJob, listErrors } from '../../server/catalogue/imports/import-job.sql.ts';
import { openStagedFiles } from '../../server/catalogue/staging/staged-files.ts';
import { stageSource } from '../../server/catalogue/staging/staging.ts';
import { openJobEnds } from '../../server/catalogue/worker/end-jobs.ts';
import { makePlaces } from '../../server/catalogue/worker/places.ts';
import { readFeedTask } from '../../server/catalogue/worker/read-feed-task.ts';
import { makeReaders } from '../../server/catalogue/worker/readers.ts';
import { Interrupted } from '../../server/catalogue/worker/work.ts';
import { type ImportWorker, startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { makeShop } from '../helpers/factories.ts';
import { readHeic } from '../helpers/heic.ts';
import { zipOf } from '../helpers/zip.ts';
import {
  drawGrey,
  fakeVision,
  openTestImports,
  type TestImports,
  waitForJob,
  writeFeedZip,
} from './import-harness.ts';

vi.setConfig({ testTimeout: 60_000 });

let opened: TestImports;
let worker: ImportWorker;
let shopId: string;
let parsed: number[] = [];
let served: Buffer = Buffer.alloc(0);
const pictures = createServer(async (request, response) => {
  if (request.url === '/served') return void response.end(served);
  const index = Number(request.url?.slice(1));
  if (Number.isNaN(index)) response.writeHead(404).end();
  else response.end(await drawGrey(index));
});
let host: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  const vision = fakeVision({ onParse: (grey) => parsed.push(grey) });
  opened = await openTestImports(vision, { FETCH_ALLOW_HOSTS: host });
  worker = await startImportWorker(opened.services);
});

afterAll(async () => {
  await worker?.stop();
  await opened?.close();
  pictures.close();
});

beforeEach(async () => {
  parsed = [];
  shopId = await makeShop(opened.services.db);
});

async function importText(feed: string | Buffer, name = 'feed.csv') {
  const source = { kind: 'upload', stream: Readable.from([Buffer.from(feed)]) } as const;
  const id = await importFeed(opened.services, shopId, { name, source });
  const job = await waitForJob(opened.services, shopId, id);
  const errors = await opened.services.db.inShop(shopId, (tx) =>
    listErrors(tx, { jobId: id, first: 100, after: 0 }),
  );
  return { id, job, errors };
}

async function itemsOf() {
  const { rows } = await opened.services.db.inShop(shopId, (tx) =>
    tx.query<Record<string, unknown>>(
      `select i.id, i.title, i.state, i.failure, i.price_minor as price, i.currency, i.feed_category as "feedCategory",
         g.category, g.whole, (select count(*)::int from item_images m where m.shop_id = i.shop_id and m.item_id = i.id) as images
       from items i left join garments g on g.shop_id = i.shop_id and g.item_id = i.id and g.is_primary
       order by i.id`,
    ),
  );
  return rows;
}

const row = (fields: object) => `${JSON.stringify(fields)}\n`;
const remote = (id: string, image: number | string, more: object = {}) =>
  row({ id, title: 'Skirt', image_link: `http://${host}/${image}`, ...more });

describe('an import', () => {
  it('lands the good rows of a zip, parsed, and lists the bad ones by row', async () => {
    const zip = await zipOf({
      'feed.csv':
        'id,title,image_link,price\n' +
        'a,Pleated skirt,img/1.webp,19.90 EUR\n' +
        'b,,img/2.webp,\n' +
        'c,C,img/none.webp,\n' +
        'd,D,img/broken.webp,12\n' +
        'a,Again,img/2.webp,\n',
      'img/1.webp': await drawGrey(1),
      'img/2.webp': await drawGrey(2),
      'img/broken.webp': 'not an image',
    });
    const { id, job, errors } = await importText(zip);
    expect(job).toMatchObject({
      state: 'done',
      rowsTotal: 5,
      rowsRejected: 3,
      itemsReady: 1,
      itemsFailed: 1,
      itemsPending: 0,
    });
    expect(job.finishedAt).toBeInstanceOf(Date);
    expect(errors.map(({ row, itemId, code }) => [row, itemId, code])).toEqual([
      [3, 'b', 'MISSING_FIELD'],
      [4, 'c', 'IMAGE_NOT_FOUND'],
      [5, 'd', 'NOT_AN_IMAGE'],
      [6, 'a', 'DUPLICATE_ID'],
    ]);
    expect(await itemsOf()).toMatchObject([
      {
        id: 'a',
        title: 'Pleated skirt',
        state: 'ready',
        price: 1990,
        currency: 'EUR',
        feedCategory: 9,
        category: 9,
        whole: false,
        images: 1,
      },
      { id: 'd', state: 'failed', price: 1200, currency: 'EUR', category: null },
    ]);
    // One of its items may be tried again.
    expect(await readdir(join(opened.dataDir, 'imports'))).toContain(id);
  });

  it('parses nothing twice: not an unchanged row, nor one whose price alone changed', async () => {
    const feed = (price: string, image: number) => remote('a', 1, { price }) + remote('b', image);
    const first = await importText(feed('1 EUR', 2));
    expect(first.job).toMatchObject({ itemsReady: 2, rowsUnchanged: 0 });
    await expect.poll(() => readdir(join(opened.dataDir, 'imports'))).not.toContain(first.id);
    expect((await importText(feed('1 EUR', 2))).job).toMatchObject({
      itemsReady: 0,
      rowsUnchanged: 2,
      state: 'done',
    });
    expect((await importText(feed('2 EUR', 2))).job).toMatchObject({ itemsReady: 1, rowsUnchanged: 1 });
    expect(parsed.sort()).toEqual([1, 2]);
    expect(await itemsOf()).toMatchObject([
      { id: 'a', price: 200, state: 'ready', category: 9 },
      { id: 'b' },
    ]);
    expect((await importText(feed('2 EUR', 3))).job).toMatchObject({ itemsReady: 1, rowsUnchanged: 1 });
    expect(parsed).toEqual([1, 2, 3]);
    expect(await itemsOf()).toHaveLength(2);
  });

  it('tries a failed item again when the same row comes again', async () => {
    expect((await importText(remote('a', 'none'))).job).toMatchObject({ itemsFailed: 1 });
    expect(await itemsOf()).toMatchObject([
      { state: 'failed', failure: expect.stringContaining('status 404') },
    ]);
    expect((await importText(remote('a', 'none'))).job).toMatchObject({ itemsFailed: 1, rowsUnchanged: 0 });
  });

  it('keeps an item whose further image is missing, and says so', async () => {
    const { job, errors } = await importText(
      remote('a', 1, { additional_image_link: [`http://${host}/2`, `http://${host}/none`] }),
    );
    expect(job).toMatchObject({ itemsReady: 1, itemsFailed: 0 });
    expect(errors).toMatchObject([{ row: 1, itemId: 'a', code: 'FETCH_FAILED' }]);
    expect(await itemsOf()).toMatchObject([{ images: 2, category: 9 }]);
  });

  it('removes the file of an image that was replaced', async () => {
    const { images } = opened.services;
    await importText(remote('a', 40));
    const { rows } = await opened.services.db.inShop(shopId, (tx) =>
      tx.query<{ sha256: string }>('select sha256 from item_images'),
    );
    const { sha256 } = rows[0]!;
    const path = join(opened.dataDir, 'images', sha256.slice(0, 2), `${sha256.slice(2)}.webp`);
    await importText(remote('a', 40, { title: 'The same picture' }));
    expect(await images.has(sha256)).toBe(true);
    // One that was put a moment ago may be another's, whose row is still to come.
    const hourAgo = new Date(Date.now() - 3_600_000);
    await utimes(path, hourAgo, hourAgo);
    await importText(remote('a', 41));
    expect(await images.has(sha256)).toBe(false);
  });

  it('embeds an image without garments whole, as the primary garment', async () => {
    await importText(remote('a', 50));
    expect(await itemsOf()).toMatchObject([{ state: 'ready', category: null, whole: true, failure: null }]);
  });

  it('keeps shoes without matching them, and says why', async () => {
    await importText(
      remote('a', 1, { title: 'Runner', google_product_category: 'Apparel & Accessories > Shoes' }) +
        remote('b', 50, { product_type: 'Bags' }) +
        // The title names the garment that the parser is sure of.
        remote('c', 2, { product_type: 'Bags' }),
    );
    expect(await itemsOf()).toMatchObject([
      {
        id: 'a',
        state: 'ready',
        category: null,
        whole: null,
        images: 1,
        failure: expect.stringContaining('shoes'),
      },
      { id: 'b', state: 'ready', whole: null, images: 1, failure: expect.stringContaining('bags') },
      { id: 'c', state: 'ready', category: 9, images: 1, failure: null },
    ]);
  });

  it('fetches nothing from addresses that are not allowed', async () => {
    const { errors } = await importText(row({ id: 'a', title: 'A', image_link: 'http://127.0.0.1/x.png' }));
    expect(errors).toMatchObject([{ code: 'FETCH_REFUSED' }]);
  });

  it.each([
    ['heic', () => readHeic('turned'), { width: 128, height: 192 }],
    [
      'gif',
      () =>
        sharp({ create: { width: 9, height: 8, channels: 3, background: '#333' } })
          .gif()
          .toBuffer(),
      { width: 9, height: 8 },
    ],
  ])('reads pictures in %s, from an address and from a zip', async (ending, make, size) => {
    served = await make();
    await importText(remote('a', 'served'));
    await importText(await zipOf({ [`b.${ending}`]: served }));
    expect(await itemsOf()).toMatchObject([
      { id: 'a', state: 'ready', images: 1 },
      { id: 'b', state: 'ready', images: 1 },
    ]);
    const { rows } = await opened.services.db.inShop(shopId, (tx) =>
      tx.query('select width, height from item_images'),
    );
    expect(rows).toEqual([size, size]);
  });

  it('takes images without a feed as items', async () => {
    await importText(
      await zipOf({ 'red_skirt.webp': await drawGrey(4), 'sub/blue.webp': await drawGrey(5) }),
    );
    expect(await itemsOf()).toMatchObject([
      { id: 'red_skirt', title: 'red skirt', state: 'ready' },
      { id: 'sub/blue', title: 'blue', state: 'ready' },
    ]);
  });

  it('of what is no feed fails with the reason', async () => {
    const { job } = await importText('<html><body>503</body></html>');
    expect(job).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('web page'),
      rowsTotal: 0,
    });
  });

  it('refuses an empty upload and one over the limit, and keeps nothing of them', async () => {
    const before = (await readdir(join(opened.dataDir, 'imports'))).length;
    const tiny = {
      ...opened.services,
      config: { ...opened.services.config, limits: { ...opened.services.config.limits, feedBytes: 10 } },
    };
    const upload = (text: string) =>
      importFeed(tiny, shopId, {
        name: 'x',
        source: { kind: 'upload', stream: Readable.from(text ? [Buffer.from(text)] : []) },
      });
    await expect(upload('more than ten bytes')).rejects.toMatchObject({ code: 'FEED_TOO_LARGE' });
    await expect(upload('')).rejects.toMatchObject({ code: 'EMPTY_FEED' });
    expect(await readdir(join(opened.dataDir, 'imports'))).toHaveLength(before);
  });

  it('reads a folder in place and leaves it there', async () => {
    const shop = join(opened.dataDir, 'shop');
    await mkdir(shop);
    await writeFile(join(shop, 'a.webp'), await drawGrey(7));
    await writeFile(join(shop, 'feed.csv'), 'id,title,image_link\na,Skirt,a.webp\n');
    const id = await importFeed(opened.services, shopId, {
      name: 'shop',
      source: { kind: 'folder', path: shop },
    });
    expect(await waitForJob(opened.services, shopId, id)).toMatchObject({ itemsReady: 1 });
    expect(await readdir(shop)).toEqual(['a.webp', 'feed.csv']);
  });

  it('interrupted while its feed is read lands every row once when it is read again', async () => {
    const zip = join(opened.dataDir, 'resume.zip');
    await writeFeedZip(
      zip,
      45,
      Array.from({ length: 70 }, (_, i) => `bad-${i},,x.webp,`),
    );
    const jobId = '3b241101-e2bb-4255-8caf-4136c566a962';
    const { services } = opened;
    await stageSource(opened.services.store, jobId, { kind: 'file', path: zip });
    await services.db.inShop(shopId, (tx) => insertJob(tx, { shopId, id: jobId, name: 'resume' }));
    const staged = openStagedFiles(opened.services.store);
    const fetcher = openFetcher();
    const ends = openJobEnds({ ...services, staged });
    const work = { ...services, staged, fetcher, ends, readers: makeReaders(), places: makePlaces() };
    const claimed = { id: jobId, attempt: 1, task: { shopId, jobId, attempt: 1 } };
    let asked = 0;
    const reading = (isStopped: () => boolean) =>
      readFeedTask(work, claimed, { isStopped, isTurnOver: async () => false });
    const half = reading(() => ++asked > 1);
    await expect(half).rejects.toBeInstanceOf(Interrupted);
    await waitForJob(services, shopId, jobId, (job) => job.itemsReady === 45);
    await reading(() => false);
    const job = await waitForJob(services, shopId, jobId);
    expect(job).toMatchObject({
      state: 'done',
      rowsTotal: 115,
      rowsRejected: 70,
      rowsUnchanged: 0,
      itemsReady: 45,
    });
    expect(parsed).toHaveLength(45);
    await staged.closeAll();
    await fetcher.close();
  });
});
