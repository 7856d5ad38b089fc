/** Feeds as shops have them: each kind lands as it should, on the project's engine. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { importFeed } from '../../server/catalogue/imports/import.ts';
import { listErrors } from '../../server/catalogue/imports/import-job.sql.ts';
import { type ImportWorker, startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { makeShop } from '../helpers/factories.ts';
import { makeForms, makeItems } from '../helpers/feeds/forms.ts';
import { xlsxOf } from '../helpers/feeds/sheets.ts';
import { zipOf } from '../helpers/zip.ts';
import { drawGrey, fakeVision, openTestImports, type TestImports, waitForJob } from './import-harness.ts';

vi.setConfig({ testTimeout: 300_000 });

const CASES = new URL('../fixtures/cases/', import.meta.url);

let opened: TestImports;
let worker: ImportWorker;
let shopId: string;
let host: string;
const pictures = createServer(async (request, response) => {
  // The names in the cases are words: each is its own picture.
  const name = request.url?.split('/').at(-1) ?? '';
  const index = /^\d+\.webp$/.test(name) ? Number.parseInt(name, 10) : name.length;
  response.end(await drawGrey(index));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  opened = await openTestImports(fakeVision(), { FETCH_ALLOW_HOSTS: host });
  worker = await startImportWorker(opened.services);
});
afterAll(async () => {
  await worker?.stop();
  await opened?.close();
  pictures.close();
});
beforeEach(async () => {
  shopId = await makeShop(opened.services.db);
});

async function send(feed: Buffer, name = 'feed') {
  const source = { kind: 'upload', stream: Readable.from([feed]) } as const;
  const id = await importFeed(opened.services, shopId, { name, source });
  const job = await waitForJob(opened.services, shopId, id);
  const { db } = opened.services;
  const errors = await db.inShop(shopId, (tx) => listErrors(tx, { jobId: id, first: 100, after: 0 }));
  return { job, errors };
}

async function itemsOf() {
  const { rows } = await opened.services.db.inShop(shopId, (tx) =>
    tx.query<Record<string, unknown>>(
      `select i.id, i.title, i.color, i.price_minor::int as price, i.currency, i.state, i.attributes,
         (select count(*)::int from item_images m where m.shop_id = i.shop_id and m.item_id = i.id) as images
       from items i where i.shop_id = $1 order by i.id`,
      [shopId],
    ),
  );
  return rows;
}

/** A file of the cases, with the address of the pictures put in byte by byte. */
async function caseFile(name: string): Promise<Buffer> {
  const bytes = await readFile(new URL(name, CASES), 'latin1');
  return Buffer.from(bytes.replaceAll('localhost:4299', host), 'latin1');
}

async function gzipped(name: string): Promise<Buffer> {
  return gzipSync(await caseFile(name));
}

describe('a case', () => {
  it.each([
    ['01 XML', () => caseFile('01-xml-rss/feed.xml')],
    ['01 XML gzipped', () => gzipped('01-xml-rss/feed.xml')],
  ])('%s is one item with two pictures', async (_, feed) => {
    const { job, errors } = await send(await feed());
    expect([job.state, job.rowsTotal, errors]).toEqual(['done', 1, []]);
    expect(await itemsOf()).toMatchObject([
      { id: 'A-1', title: 'Plain tee & more', price: 1990, currency: 'EUR', images: 2, state: 'ready' },
    ]);
  });

  it.each([
    ['02 CSV', () => caseFile('02-gzip-csv/feed.csv')],
    ['02 CSV gzipped', () => gzipped('02-gzip-csv/feed.csv')],
  ])('%s', async (_, feed) => {
    expect((await send(await feed())).job).toMatchObject({ state: 'done', rowsRejected: 0 });
    expect(await itemsOf()).toMatchObject([{ id: 'G-1', title: 'Plain tee', price: 1990, images: 1 }]);
  });

  it('03 a column that is there three times gives four pictures', async () => {
    expect((await send(await caseFile('03-repeated-columns/feed.txt'))).job.state).toBe('done');
    expect(await itemsOf()).toMatchObject([{ id: 'R-1', images: 4 }]);
  });

  it('05 addresses with commas', async () => {
    const { job, errors } = await send(await caseFile('05-comma-in-url/feed.csv'));
    expect([job.state, errors]).toEqual(['done', []]);
    expect(await itemsOf()).toMatchObject([
      { id: 'C-1', images: 2, state: 'ready' },
      { id: 'C-2', images: 3, state: 'ready' },
    ]);
  });

  it('07 Windows-1252, and the job says so', async () => {
    const { job, errors } = await send(await caseFile('07-windows-1252/feed.csv'));
    expect(errors).toEqual([]);
    expect(job).toMatchObject({ state: 'done', notes: [expect.stringContaining('Windows-1252')] });
    expect(await itemsOf()).toMatchObject([
      { id: 'W-1', title: 'Kleid mit Gürtel', price: 4990, currency: 'EUR', color: 'rot' },
      { id: 'W-2', color: 'weiß' },
      { id: 'W-3', color: 'navy' },
    ]);
  });

  it('07 Windows-1252 in the header', async () => {
    const { job } = await send(await caseFile('07-windows-1252/header.csv'));
    expect(job).toMatchObject({ state: 'done', notes: [expect.stringContaining('Windows-1252')] });
    expect(await itemsOf()).toMatchObject([{ id: 'W-3', attributes: { größe: '38' } }]);
  });

  it('08 the line sep=; is obeyed and skipped', async () => {
    expect((await send(await caseFile('08-excel-sep-line/feed.csv'))).job.state).toBe('done');
    expect(await itemsOf()).toMatchObject([{ id: 'S-1', title: 'Plain tee', price: 1990 }]);
  });

  it('11 the name in brackets decides', async () => {
    expect((await send(await caseFile('11-bracket-headers/feed.txt'))).job.state).toBe('done');
    expect(await itemsOf()).toMatchObject([{ id: 'H-1', title: 'Plain tee', price: 1990, images: 1 }]);
  });

  it('19 an Excel sheet is read, and its own pictures are no items', async () => {
    const rows = [
      ['id', 'title', 'image_link', 'price'],
      ['E-1', 'Plain tee', `http://${host}/tee.jpg`, '19.90 EUR'],
    ];
    const more = { 'xl/media/image1.webp': await drawGrey(1), 'xl/media/image2.webp': await drawGrey(2) };
    expect((await send(await xlsxOf({ Products: rows }, { more }))).job.state).toBe('done');
    expect(await itemsOf()).toMatchObject([{ id: 'E-1', title: 'Plain tee', price: 1990, images: 1 }]);
  });

  it('19 an Excel sheet without the columns fails by name', async () => {
    const workbook = await zipOf({
      '[Content_Types].xml': '<Types/>',
      'xl/workbook.xml': '<workbook/>',
      'xl/worksheets/sheet1.xml':
        '<worksheet><sheetData><row><c t="inlineStr"><is><t>id</t></is></c></row></sheetData></worksheet>',
      'xl/media/image1.webp': await drawGrey(1),
    });
    expect((await send(workbook)).job).toMatchObject({
      state: 'failed',
      failure: 'The header of the sheet "sheet1" is missing title, image_link. Its only column is id.',
    });
    expect(await itemsOf()).toEqual([]);
  });

  it('20 README beside the feed is litter', async () => {
    const zip = await zipOf({
      'feed.csv': 'id,title,image_link\nZ1,Plain tee,tee.webp\n',
      'tee.webp': await drawGrey(3),
      'README.txt': 'Our feed. Questions: shop@example.test\n',
    });
    expect((await send(zip)).job).toMatchObject({ state: 'done', itemsReady: 1, notes: [] });
    expect(await itemsOf()).toMatchObject([{ id: 'Z1', images: 1 }]);
  });

  it('20 XML in a zip is the feed, and its pictures are no items', async () => {
    const empty = await zipOf({ 'feed.xml': '<rss/>', 'tee.webp': await drawGrey(3) });
    expect((await send(empty)).job).toMatchObject({ state: 'failed', failure: 'The feed has no rows.' });
    const rss =
      '<rss><channel><item><id>X1</id><title>Tee</title><image_link>tee.webp</image_link></item></channel></rss>';
    const whole = await zipOf({ 'feed.xml': rss, 'tee.webp': await drawGrey(3) });
    expect((await send(whole)).job.state).toBe('done');
    expect(await itemsOf()).toMatchObject([{ id: 'X1', title: 'Tee', images: 1 }]);
  });

  it('20 pictures are found by the names that rows give', async () => {
    const names = ['tee', 'dress', 'skirt', 'shorts', 'vest', 'coat', 'trousers', 'jacket front'];
    const files: Record<string, string | Buffer> = {
      'shop/feed.csv': [
        'id,title,image_link',
        'Z1,Plain tee,images/TEE.JPG',
        'Z2,Red dress,images\\dress.jpg',
        'Z3,Skirt,C:\\shop\\images\\skirt.jpg',
        'Z4,Shorts,shop/images/shorts.jpg',
        'Z5,Vest,vest',
        'Z6,Coat,coat.jpg',
        'Z7,Trousers,./images/trousers.jpg',
        'Z8,NoExt,images/12345',
        'Z9,Jacket,images/jacket%20front.jpg\n',
      ].join('\n'),
      'shop/images/12345': await drawGrey(9),
    };
    for (const [index, name] of names.entries()) files[`shop/images/${name}.jpg`] = await drawGrey(index + 1);
    const { job, errors } = await send(await zipOf(files));
    expect([job.state, errors]).toEqual(['done', []]);
    expect((await itemsOf()).map(({ id, images }) => [id, images])).toEqual(
      Array.from({ length: 9 }, (_, i) => [`Z${i + 1}`, 1]),
    );
  });

  it('20 pictures beside something that is not understood are no items', async () => {
    const zip = await zipOf({ 'tee.webp': await drawGrey(3), 'catalogue.docx': 'x' });
    expect((await send(zip)).job).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('catalogue.docx'),
    });
    expect(await itemsOf()).toEqual([]);
  });
});

describe('every form', () => {
  it('of one catalogue lands alike', async () => {
    const forms = makeForms(makeItems(30, (n) => `http://${host}/w_1,h_2/${n}.webp`));
    const [first, ...others] = forms;
    const { job } = await send(await first!.bytes());
    expect(job).toMatchObject({ state: 'done', rowsTotal: 30, rowsRejected: 0, itemsReady: 30 });
    const landed = await itemsOf();
    expect(landed).toHaveLength(30);
    expect(landed.find(({ id }) => id === 'Ä-3')).toMatchObject({
      title: 'Tee | Größe < 40, weiß 3',
      price: 1390,
      color: 'rot',
      images: 4,
      attributes: { neck_line: 'V' },
    });
    // A row is hashed as a whole: one that differs in any field would not count as unchanged.
    for (const { name, bytes } of others) {
      const { job: again, errors } = await send(await bytes(), name);
      const { state, failure, rowsTotal, rowsUnchanged } = again;
      expect({ name, state, failure, rowsTotal, rowsUnchanged, errors }).toEqual({
        name,
        state: 'done',
        failure: null,
        rowsTotal: 30,
        rowsUnchanged: 30,
        errors: [],
      });
    }
    expect(await itemsOf()).toEqual(landed);
  });
});
