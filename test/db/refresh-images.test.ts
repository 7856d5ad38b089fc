/** Pictures that change behind their addresses, and servers that say so in different ways or not at all. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelImport, retryImport } from '../../server/catalogue/imports/control.ts';
import { importFeed } from '../../server/catalogue/imports/import.ts';
import { listErrors, lockReading } from '../../server/catalogue/imports/import-job.sql.ts';
import { refreshImages } from '../../server/catalogue/imports/refresh-images.ts';
import { correctGarment } from '../../server/catalogue/items/corrections.ts';
import { matchItem } from '../../server/catalogue/items/match-item.ts';
import { makePlaces } from '../../server/catalogue/worker/places.ts';
import { scanImages } from '../../server/catalogue/worker/scan-images.ts';
import type { WorkServices } from '../../server/catalogue/worker/work.ts';
import { type ImportWorker, startImportWorker } from '../../server/catalogue/worker/worker.ts';
import type { Context } from '../../server/context.ts';
import { Category } from '../../server/vocabulary/category.ts';
import { makeShop } from '../helpers/factories.ts';
import { zipOf } from '../helpers/zip.ts';
import { drawGrey, fakeVision, openTestImports, type TestImports, waitForJob } from './import-harness.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Served {
  readonly bytes?: Buffer;
  readonly status?: number;
  readonly headers?: Record<string, string>;
}

let opened: TestImports;
let worker: ImportWorker | undefined;
let shopId: string;
let host: string;
let parsed: number[] = [];
/** What each path gives now, and every request with how it was answered: `/a 304`. */
const shelf = new Map<string, Served>();
let asked: string[] = [];

const pictures = createServer((request, response) => {
  const path = request.url ?? '';
  const { bytes, status = 200, headers = {} } = shelf.get(path) ?? { status: 404 };
  const [etag, date] = [request.headers['if-none-match'], request.headers['if-modified-since']];
  const isSame = etag ? etag === headers.etag : date !== undefined && date === headers['last-modified'];
  const answer = status === 200 && isSame ? 304 : status;
  asked.push(`${path} ${answer}`);
  response.writeHead(answer, headers).end(answer === 200 ? bytes : undefined);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  opened = await openTestImports(fakeVision({ onParse: (grey) => parsed.push(grey) }), {
    FETCH_ALLOW_HOSTS: host,
  });
  worker = await startImportWorker(opened.services);
});
afterAll(async () => {
  await worker?.stop();
  await opened?.close();
  pictures.close();
});
beforeEach(async () => {
  shopId = await makeShop(opened.services.db);
  shelf.clear();
  begin();
});

function begin(): void {
  asked = [];
  parsed = [];
}

const context = () => ({ ...opened.services, shopId }) as unknown as Context;
const run = (sql: string, values: unknown[] = []) =>
  opened.services.db.asOwner((tx) => tx.query(sql, values));

async function put(path: string, grey: number, headers: Record<string, string> = {}): Promise<void> {
  shelf.set(path, { bytes: await drawGrey(grey), headers });
}

async function importRows(rows: readonly (Record<string, unknown> & { images: readonly string[] })[]) {
  const feed = rows.map(({ images: [first, ...more], ...row }) =>
    JSON.stringify({
      title: 'Skirt',
      ...row,
      image_link: `http://${host}${first}`,
      additional_image_link: more.map((path) => `http://${host}${path}`),
    }),
  );
  const source = { kind: 'upload', stream: Readable.from([Buffer.from(feed.join('\n'))]) } as const;
  return finished(await importFeed(opened.services, shopId, { name: 'feed', source }));
}

async function refresh(itemIds: readonly string[] | null = null) {
  return finished((await refreshImages(context(), itemIds)).id);
}

async function finished(id: string) {
  const job = await waitForJob(opened.services, shopId, id);
  const errors = await opened.services.db.inShop(shopId, (tx) =>
    listErrors(tx, { jobId: id, first: 100, after: 0 }),
  );
  return { job, errors };
}

/** Of each item its pictures' greys, and the grey of the garment that searches match. */
async function greys() {
  const { rows } = await opened.services.db.inShop(shopId, (tx) =>
    tx.query<{ id: string; sha256: string[]; primary: number; state: string }>(
      `select i.id, i.state, array(select m.sha256 from item_images m where m.item_id = i.id order by m.position) as sha256,
         (select array_position(g.embedding::real[], 1::real) - 1 from garments g
           where g.item_id = i.id and g.is_primary) as primary
       from items i order by i.id`,
    ),
  );
  return Promise.all(
    rows.map(async ({ id, sha256, primary, state }) => {
      const shown = sha256.map(async (name) => {
        const { data } = await sharp(await opened.services.images.read(name))
          .raw()
          .toBuffer({ resolveWithObject: true });
        return Math.round(data[0]! / 5);
      });
      return { id, state, shown: await Promise.all(shown), primary };
    }),
  );
}

/** As if every picture had last been asked for so long ago. */
const longAgo = (hours: number) =>
  run(`update item_images set asked_at = now() - $2 * interval '1 hour' where shop_id = $1`, [shopId, hours]);

describe('pictures behind the same address', () => {
  it.each([
    ['an ETag', { etag: '"one"' }, '304'],
    ['a date', { 'last-modified': 'Sat, 28 Nov 2026 10:00:00 GMT' }, '304'],
    ['neither', {}, '200'],
  ])('cost nothing while they are as before, on a server that gives %s', async (_, headers, answer) => {
    await put('/a', 1, headers);
    await importRows([{ id: 'a', images: ['/a'] }]);
    begin();
    const { job } = await refresh();
    expect(job).toMatchObject({ state: 'done', kind: 'images', rowsUnchanged: 1, itemsReady: 0 });
    expect(asked).toEqual([`/a ${answer}`]);
    expect(parsed).toEqual([]);
  });

  it.each([
    ['an ETag', { etag: '"one"' }, { etag: '"two"' }],
    [
      'a date',
      { 'last-modified': 'Sat, 28 Nov 2026 10:00:00 GMT' },
      { 'last-modified': 'Sun, 29 Nov 2026 10:00:00 GMT' },
    ],
    ['neither', {}, {}],
  ])('are parsed again once they have changed, on a server that gives %s', async (_, before, after) => {
    await put('/a', 1, before);
    await importRows([{ id: 'a', images: ['/a'] }]);
    const { rows: former } = await run('select sha256 from item_images where shop_id = $1', [shopId]);
    await put('/a', 2, after);
    begin();
    const { job, errors } = await refresh();
    expect(job).toMatchObject({ state: 'done', rowsUnchanged: 0, itemsReady: 1, garmentCount: 1 });
    expect(errors).toEqual([]);
    expect(await greys()).toEqual([{ id: 'a', state: 'ready', shown: [2], primary: 2 }]);
    expect(parsed).toEqual([2]);
    expect(former).toHaveLength(1);
    // What they are now is remembered, too.
    begin();
    expect((await refresh()).job).toMatchObject({ rowsUnchanged: 1, itemsReady: 0 });
    expect(asked).toHaveLength(1);
    expect(parsed).toEqual([]);
  });

  it('count as before if the server only compresses them anew', async () => {
    const data = Buffer.alloc(32 * 32 * 3, 15);
    const png = (level: number) =>
      sharp(data, { raw: { width: 32, height: 32, channels: 3 } })
        .png({ compressionLevel: level })
        .toBuffer();
    shelf.set('/a', { bytes: await png(0) });
    await importRows([{ id: 'a', images: ['/a'] }]);
    shelf.set('/a', { bytes: await png(9) });
    begin();
    expect((await refresh()).job).toMatchObject({ rowsUnchanged: 1, itemsReady: 0 });
    expect(parsed).toEqual([]);
  });

  it('parse only the one that has changed, and choose among all of them', async () => {
    await put('/first', 50, { etag: '"1"' });
    await put('/more', 3, { etag: '"1"' });
    await importRows([{ id: 'a', images: ['/first', '/more'] }]);
    expect(await greys()).toMatchObject([{ shown: [50, 3], primary: 3 }]);
    // The first picture shows a garment now.
    await put('/first', 4, { etag: '"2"' });
    begin();
    await refresh();
    expect(parsed).toEqual([4]);
    expect(await greys()).toMatchObject([{ shown: [4, 3], primary: 4 }]);
    // Then neither does: the first is embedded whole.
    await put('/first', 50, { etag: '"3"' });
    await put('/more', 50, { etag: '"2"' });
    await refresh();
    expect(await greys()).toMatchObject([{ shown: [50, 50], primary: 50 }]);
    expect((await run('select whole from garments where shop_id = $1', [shopId])).rows).toEqual([
      { whole: true },
    ]);
  });

  it('keep the old picture where the new one is gone or none, and say so', async () => {
    for (const path of ['/gone', '/text', '/fine']) await put(path, 1, { etag: '"1"' });
    await importRows([
      { id: 'gone', images: ['/gone', '/fine'] },
      { id: 'text', images: ['/fine', '/text'] },
    ]);
    shelf.delete('/gone');
    shelf.set('/text', { bytes: Buffer.from('<html>Not found</html>'), headers: { etag: '"2"' } });
    const before = await greys();
    begin();
    const { job, errors } = await refresh();
    expect(job).toMatchObject({ state: 'done', warningCount: 2, itemsFailed: 0, rowsUnchanged: 2 });
    expect(errors).toMatchObject([
      { severity: 'warning', itemId: 'gone', column: 'image_link', code: 'FETCH_FAILED' },
      { severity: 'warning', itemId: 'text', column: 'additional_image_link' },
    ]);
    expect(errors[0]!.reason).toMatch(/status 404 \(Not Found\)\. The item keeps the picture that it had\.$/);
    expect(await greys()).toEqual(before);
    // The broken file does not become the version that is known: it is warned of again.
    expect((await refresh(['text'])).job).toMatchObject({ warningCount: 1 });
  });

  it('try again what may be temporary, and then keep the old picture', async () => {
    await put('/a', 1);
    await importRows([{ id: 'a', images: ['/a'] }]);
    shelf.set('/a', { status: 503, headers: { 'retry-after': '0' } });
    begin();
    const { job, errors } = await refresh();
    expect(asked.length).toBe(4);
    expect(job).toMatchObject({ state: 'done', warningCount: 1, itemsFailed: 0 });
    expect(errors[0]!.reason).toContain('status 503');
  });

  it('of variants are asked for once', async () => {
    await put('/a', 1, { etag: '"1"' });
    await importRows(Array.from({ length: 30 }, (_, i) => ({ id: `v${i}`, images: ['/a'] })));
    begin();
    expect((await refresh()).job).toMatchObject({ rowsUnchanged: 30 });
    // Those that were in flight together may each have asked.
    expect(asked.length).toBeLessThan(20);
  });

  it('keep what was said by hand of the others', async () => {
    await put('/a', 1, { etag: '"1"' });
    await put('/b', 2, { etag: '"1"' });
    await importRows([{ id: 'a', images: ['/a', '/b'] }]);
    const { rows } = await run('select id from garments where shop_id = $1 and image_position = 0', [shopId]);
    await correctGarment(context(), String(rows[0]!.id), Category.TROUSERS);
    await put('/b', 3, { etag: '"2"' });
    await refresh();
    expect(
      (await run('select category from garments where shop_id = $1 and is_primary', [shopId])).rows,
    ).toEqual([{ category: Category.TROUSERS }]);
  });

  it('leave an item matched by hand matched, and another unmatched', async () => {
    for (const path of ['/a', '/b']) await put(path, 50, { etag: '"1"' });
    await importRows(['a', 'b'].map((id) => ({ id, title: 'Canvas boots', images: [`/${id}`] })));
    await matchItem(context(), 'a', Category.SKIRT);
    for (const path of ['/a', '/b']) await put(path, 49, { etag: '"2"' });
    await refresh();
    expect(await greys()).toMatchObject([
      { shown: [49], primary: 49 },
      { shown: [49], primary: null },
    ]);
  });
});

describe('a refresh', () => {
  it('of some items asks for theirs alone, and names those that there are not', async () => {
    for (const path of ['/a', '/b', '/c']) await put(path, 1);
    await importRows(['a', 'b', 'c'].map((id) => ({ id, images: [`/${id}`] })));
    begin();
    const { job, errors } = await refresh(['c', 'a', 'nobody', 'a']);
    expect(asked.sort()).toEqual(['/a 200', '/c 200']);
    expect(job).toMatchObject({
      state: 'done',
      name: 'Pictures of 3 items',
      rowsUnchanged: 2,
      rowsRejected: 1,
    });
    expect(errors).toMatchObject([{ itemId: 'nobody', code: 'ITEM_NOT_FOUND', severity: 'error' }]);
  });

  it('leaves pictures from files, and says how many items have them', async () => {
    const feed = await zipOf({
      'feed.csv': 'id,title,image_link\na,Skirt,a.webp\n',
      'a.webp': await drawGrey(1),
    });
    const source = { kind: 'upload', stream: Readable.from([feed]) } as const;
    await finished(await importFeed(opened.services, shopId, { name: 'feed.zip', source }));
    const { job } = await refresh();
    expect(job).toMatchObject({
      state: 'done',
      rowsTotal: 0,
      notes: ['1 item has its pictures from files. Import them again to change these.'],
    });
  });

  it('of all items is one at a time', async () => {
    await put('/a', 1);
    await importRows([{ id: 'a', images: ['/a'] }]);
    await worker?.stop();
    const first = await refreshImages(context(), null);
    expect((await refreshImages(context(), null)).id).toBe(first.id);
    expect((await refreshImages(context(), ['a'])).id).not.toBe(first.id);
    worker = await startImportWorker(opened.services);
    await finished(first.id);
    expect((await refreshImages(context(), null)).id).not.toBe(first.id);
  });

  it('is resumed by the next server, and cancelled without harm to an item', async () => {
    await put('/a', 1);
    await importRows([{ id: 'a', images: ['/a'] }]);
    await worker?.stop();
    const { id } = await refreshImages(context(), null);
    // As if the task had been lost with the process.
    await run(`delete from pgboss.job where data->>'jobId' = $1`, [id]);
    worker = await startImportWorker(opened.services);
    expect((await finished(id)).job).toMatchObject({ state: 'done', rowsUnchanged: 1 });

    await worker.stop();
    const other = await refreshImages(context(), ['a']);
    await cancelImport(context(), other.id);
    worker = await startImportWorker(opened.services);
    expect((await finished(other.id)).job).toMatchObject({ state: 'cancelled' });
    expect(await greys()).toMatchObject([{ state: 'ready', shown: [1], primary: 1 }]);
    await retryImport(context(), other.id);
    expect((await finished(other.id)).job).toMatchObject({ state: 'done', rowsUnchanged: 1 });

    // Tried again before it was swept, and its item is not stored any more.
    await worker.stop();
    await run(`update import_jobs set state = 'cancelled' where id = $1`, [other.id]);
    await run(`update import_items set state = 'pending' where job_id = $1`, [other.id]);
    await run(`update items set state = 'failed' where shop_id = $1`, [shopId]);
    await retryImport(context(), other.id);
    worker = await startImportWorker(opened.services);
    expect((await finished(other.id)).job).toMatchObject({ state: 'done', itemsPending: 0 });
  });

  it('of a large shop goes through it in pages, and continues where its turn ended', async () => {
    await worker?.stop();
    const count = 1100;
    await run(
      `insert into items (shop_id, id, title, content_hash, state)
       select $1, 'i' || to_char(n, 'FM0000'), 'Skirt', '\\x00', 'ready' from generate_series(1, $2::int) n`,
      [shopId, count],
    );
    // Every third has its picture from a file.
    await run(
      `insert into item_images (shop_id, item_id, position, source, sha256, width, height, perceptual_hash)
       select $1, 'i' || to_char(n, 'FM0000'), 0, case when n % 3 = 0 then 'a.png' else 'https://shop.example/a.png' end,
         repeat('0', 64), 1, 1, 0 from generate_series(1, $2::int) n`,
      [shopId, count],
    );
    const { id } = await refreshImages(context(), null);
    const places = makePlaces();
    const scan = async (isTurnOver: boolean) => {
      const begun = await opened.services.db.inShop(shopId, (tx) => lockReading(tx, id));
      const limits = { isStopped: () => false, isTurnOver: async () => isTurnOver };
      const services = { ...opened.services, places } as unknown as WorkServices;
      return scanImages(services, { shopId, jobId: id, attempt: 1 }, begun!, limits);
    };
    expect(await scan(true)).toBe('later');
    expect(await scan(true)).toBe('later');
    expect(await scan(true)).toBe('done');
    const { rows } = await run(
      `select count(*)::int as listed, (select rows_total from import_jobs where id = $1) as total,
         (select count(*)::int from pgboss.job where name = 'catalogue-items' and data->>'jobId' = $1::text) as tasks
       from import_items where job_id = $1`,
      [id],
    );
    const listed = count - Math.floor(count / 3);
    expect(rows).toEqual([{ listed, total: listed, tasks: listed }]);
    await cancelImport(context(), id);
    worker = await startImportWorker(opened.services);
    const { job } = await finished(id);
    expect(job.notes).toEqual([
      '366 items have their pictures from files. Import them again to change these.',
    ]);
  });

  it('refuses lists that are empty or too long', async () => {
    const refused = { code: 'INVALID_INPUT', extensions: { field: 'itemIds' } };
    await expect(refreshImages(context(), [])).rejects.toMatchObject(refused);
    const many = Array.from({ length: 1001 }, (_, i) => `${i}`);
    await expect(refreshImages(context(), many)).rejects.toMatchObject(refused);
  });
});

describe('a feed that lists an item again', () => {
  const row = { id: 'a', price: '10.00 EUR', images: ['/a'] };

  it('asks for its pictures after a day, not before', async () => {
    await put('/a', 1, { etag: '"1"' });
    await importRows([row]);
    await put('/a', 2, { etag: '"2"' });
    await longAgo(23);
    begin();
    expect((await importRows([row])).job).toMatchObject({ rowsTotal: 1, rowsUnchanged: 1, itemsReady: 0 });
    expect(asked).toEqual([]);

    await longAgo(25);
    expect((await importRows([row])).job).toMatchObject({ rowsTotal: 1, rowsUnchanged: 0, itemsReady: 1 });
    expect(await greys()).toMatchObject([{ shown: [2], primary: 2 }]);

    await longAgo(25);
    begin();
    expect((await importRows([row])).job).toMatchObject({ rowsTotal: 1, rowsUnchanged: 1, itemsReady: 0 });
    expect(asked).toEqual(['/a 304']);
    begin();
    await importRows([row]);
    expect(asked).toEqual([]);
  });

  it('asks for a picture that could not be had until it is there, and parses that alone', async () => {
    await put('/a', 1);
    await put('/b', 3);
    const rows = [{ id: 'a', price: '10 EUR', images: ['/a', '/late', '/b'] }];
    const missing = [
      { severity: 'warning', itemId: 'a', column: 'additional_image_link', code: 'FETCH_FAILED' },
    ];
    expect((await importRows(rows)).errors).toMatchObject(missing);
    begin();
    expect(await importRows(rows)).toMatchObject({
      job: { rowsUnchanged: 1, warningCount: 1 },
      errors: missing,
    });
    shelf.set('/late', { status: 503, headers: { 'retry-after': '0' } });
    expect(await importRows(rows)).toMatchObject({ job: { rowsUnchanged: 1 }, errors: missing });
    expect(asked).toEqual(['/late 404', '/late 503']);
    await put('/late', 2);
    const cheaper = [{ ...rows[0]!, price: '9 EUR' }];
    expect(await importRows(cheaper)).toMatchObject({ job: { itemsReady: 1, warningCount: 0 }, errors: [] });
    expect(parsed).toEqual([2]);
    // In the order of the row, with its garments.
    expect(await greys()).toEqual([{ id: 'a', state: 'ready', shown: [1, 2, 3], primary: 1 }]);
    const { rows: garments } = await run(
      `select image_position as at, array_position(embedding::real[], 1::real) - 1 as grey from garments
       where shop_id = $1 order by 1`,
      [shopId],
    );
    expect(garments).toEqual([1, 2, 3].map((grey, at) => ({ at, grey })));
    begin();
    expect((await importRows(cheaper)).job).toMatchObject({ rowsUnchanged: 1 });
    expect(asked).toEqual([]);
  });

  it('asks for them as well if the price has changed', async () => {
    await put('/a', 1, { etag: '"1"' });
    await importRows([row]);
    await longAgo(25);
    begin();
    const { job } = await importRows([{ ...row, price: '12.00 EUR' }]);
    expect(job).toMatchObject({ rowsUnchanged: 0, itemsReady: 1 });
    expect(asked).toEqual(['/a 304']);
    expect(
      (await run('select price_minor::int as price from items where shop_id = $1', [shopId])).rows,
    ).toEqual([{ price: 1200 }]);
  });

  it('keeps the item and its place in a replacing feed while it asks', async () => {
    await put('/a', 1);
    await importRows([row]);
    shelf.delete('/a');
    await longAgo(25);
    const { job } = await importRows([row]);
    expect(job).toMatchObject({ state: 'done', warningCount: 1, itemsFailed: 0 });
    expect(await greys()).toMatchObject([{ state: 'ready', shown: [1] }]);
    const { rows } = await run(
      `select i.last_job = (select max(number) from import_jobs j where j.shop_id = i.shop_id) as last
       from items i where shop_id = $1`,
      [shopId],
    );
    expect(rows).toEqual([{ last: true }]);
  });

  it('asks for pictures that an earlier release has stored', async () => {
    await put('/a', 1);
    await importRows([row]);
    await run(
      `update item_images set etag = null, last_modified = null, source_hash = null, asked_at = null where shop_id = $1`,
      [shopId],
    );
    begin();
    expect((await importRows([row])).job).toMatchObject({ rowsUnchanged: 1 });
    expect(asked).toEqual(['/a 200']);
    expect(parsed).toEqual([]);
  });
});
