/** What the values of a feed become: the columns of items, the list of warnings, and what filters and the API make of them. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { importFeed } from '../../server/catalogue/imports/import.ts';
import { listErrors } from '../../server/catalogue/imports/import-job.sql.ts';
import type { ItemFilter } from '../../server/catalogue/items/filter.ts';
import { listItems, pageItems } from '../../server/catalogue/items/item.sql.ts';
import { type ImportWorker, startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { findPriceRange } from '../../server/retrieval/facets.sql.ts';
import { makeShop } from '../helpers/factories.ts';
import { drawGrey, fakeVision, openTestImports, type TestImports, waitForJob } from './import-harness.ts';

vi.setConfig({ testTimeout: 60_000 });

let opened: TestImports;
let worker: ImportWorker;
let shopId: string;
let host: string;
/** Any address has a picture of a skirt, but those with "none" or "busy" in their name. */
const pictures = createServer(async (request, response) => {
  if (request.url?.includes('none')) response.writeHead(404).end();
  else if (request.url?.includes('busy')) response.writeHead(503).end();
  else response.end(await drawGrey(1));
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

async function importText(feed: string) {
  const source = { kind: 'upload', stream: Readable.from([Buffer.from(feed)]) } as const;
  const id = await importFeed(opened.services, shopId, { name: 'feed', source });
  const job = await waitForJob(opened.services, shopId, id);
  const errors = await opened.services.db.inShop(shopId, (tx) =>
    listErrors(tx, { jobId: id, first: 100, after: 0 }),
  );
  return { job, errors, warned: errors.map(({ itemId, severity, column }) => [itemId, severity, column]) };
}

async function importCase(name: string) {
  const text = await readFile(new URL(`../fixtures/cases/${name}.csv`, import.meta.url), 'utf8');
  return importText(text.replaceAll('localhost:4299', host));
}

const importRows = (...rows: object[]) =>
  importText(
    rows
      .map((fields, i) => {
        const row = { id: `r${i}`, title: 'Skirt', image_link: `http://${host}/1.png`, ...fields };
        return `${JSON.stringify(row)}\n`;
      })
      .join(''),
  );

async function allItems() {
  const { db } = opened.services;
  return db.inShop(shopId, async (tx) => {
    const { rows } = await tx.query<{ id: string; images: string[] }>(
      `select i.id, array(select source from item_images m where m.shop_id = i.shop_id and m.item_id = i.id order by position)
         as images from items i order by i.id`,
    );
    const items = await listItems(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.map(({ id, images }) => ({ ...items.find((item) => item.id === id)!, images }));
  });
}

const asPrices = (items: Awaited<ReturnType<typeof allItems>>) =>
  Object.fromEntries(
    items.map(({ id, priceMinor, salePriceMinor, currency }) => [id, [priceMinor, salePriceMinor, currency]]),
  );

async function found(filter: ItemFilter): Promise<string[]> {
  const page = { shopId, shopCurrency: 'EUR', filter, all: true, limit: 100 };
  const rows = await opened.services.db.inShop(shopId, (tx) => pageItems(tx, page));
  return rows.map(({ id }) => id).sort();
}

describe('pictures', () => {
  it('may have commas in their addresses', async () => {
    const { job, errors } = await importCase('05-comma-in-url');
    expect(errors).toEqual([]);
    expect(job).toMatchObject({ state: 'done', itemsReady: 2, rowsRejected: 0, warningCount: 0 });
    const base = `http://${host}/upload/w_800,h_600,c_fill`;
    expect((await allItems()).map(({ images }) => images)).toEqual([
      [`${base}/dress.jpg`, `${base}/skirt.jpg`],
      [`${base}/dress.jpg`, `${base}/skirt.jpg`, `http://${host}/tee.jpg`],
    ]);
  });

  it('after the first cost no item: those that cannot be had are warned of', async () => {
    const link = (name: string) => `http://${host}/${name}.png`;
    const { job, errors, warned } = await importRows(
      { id: 'a', additional_image_link: [link('2'), link('none'), 'beside.png', 'ftp://x/y.png'] },
      { id: 'b', additional_image_link: Array.from({ length: 15 }, (_, i) => link(`b${i}`)) },
      { id: 'c', image_link: link('none') },
      { id: 'd', additional_image_link: link('busy') },
    );
    expect(warned).toEqual([
      ['a', 'warning', 'additional_image_link'],
      ['a', 'warning', 'additional_image_link'],
      ['a', 'warning', 'additional_image_link'],
      ['b', 'warning', 'additional_image_link'],
      ['c', 'error', 'image_link'],
      ['d', 'warning', 'additional_image_link'],
    ]);
    expect(errors.map(({ code }) => code).slice(3)).toEqual([
      'TOO_MANY_IMAGES',
      'FETCH_FAILED',
      'FETCH_FAILED',
    ]);
    expect(job).toMatchObject({
      state: 'done',
      itemsReady: 3,
      itemsFailed: 1,
      rowsRejected: 0,
      warningCount: 5,
    });
    const [a, b] = await allItems();
    expect(a?.images).toEqual([link('1'), link('2')]);
    expect(b?.images).toEqual([link('1'), ...Array.from({ length: 9 }, (_, i) => link(`b${i}`))]);
  });
});

describe('prices', () => {
  it('are read where they are certain, and warned of where they are not', async () => {
    const { job, errors } = await importCase('12-prices');
    const items = Object.fromEntries(
      (await allItems()).map(({ id, priceMinor, currency }) => [
        id,
        priceMinor === null ? null : [priceMinor, currency],
      ]),
    );
    expect(items).toEqual({
      P00: [1990, 'EUR'],
      P02: [1990, 'EUR'],
      P04: [1999, 'USD'],
      P06: [1900, 'GBP'],
      P08: [129900, 'USD'],
      P10: null,
      P12: [129900, 'INR'],
      P14: null,
      P16: [5000, 'JPY'],
      P18: [4900, 'CHF'],
      P20: [1990, 'EUR'],
      P22: [1900, 'EUR'],
      P24: [129900, 'EUR'],
      P26: [1990, 'EUR'],
      P28: [0, 'EUR'],
      P30: null,
      P32: null,
      P34: [2900, 'AUD'],
      P36: null,
      P38: [129900, 'EUR'],
      P40: [1234567, 'EUR'],
    });
    expect(errors.map(({ itemId, severity, column, code }) => [itemId, severity, column, code])).toEqual(
      ['P10', 'P14', 'P30', 'P32', 'P36'].map((id) => [id, 'warning', 'price', 'INVALID_PRICE']),
    );
    expect(job).toMatchObject({
      state: 'done',
      rowsTotal: 21,
      rowsRejected: 0,
      itemsReady: 21,
      warningCount: 5,
    });
  });

  it('without a currency, or with a shared sign, are in the shop’s', async () => {
    await opened.services.db.asOwner((tx) =>
      tx.query(`update shops set currency = 'SEK' where id = $1`, [shopId]),
    );
    await importRows({ price: '1 299 kr', sale_price: '999:-' }, { price: '299' }, { price: '1 299' });
    expect(asPrices(await allItems())).toEqual({
      r0: [129900, 99900, 'SEK'],
      r1: [29900, null, 'SEK'],
      r2: [129900, null, 'SEK'],
    });
  });
});

describe('sale prices', () => {
  it('hold within their dates, and neither at 0 nor above the price', async () => {
    const { job, warned } = await importCase('13-sale-price');
    expect(asPrices(await allItems())).toEqual({
      'S-future': [1990, null, 'EUR'],
      'S-higher': [1990, null, 'EUR'],
      'S-nocur': [1990, 990, 'EUR'],
      'S-now': [1990, 990, 'EUR'],
      'S-onlysale': [990, null, 'EUR'],
      'S-past': [1990, null, 'EUR'],
      'S-same': [1990, null, 'EUR'],
      'S-zero': [1990, null, 'EUR'],
    });
    expect(warned).toEqual([
      ['S-higher', 'warning', 'sale_price'],
      ['S-onlysale', 'warning', 'sale_price'],
    ]);
    expect(job).toMatchObject({ itemsReady: 8, rowsRejected: 0 });
    expect(await found({ maxPrice: 10 })).toEqual(['S-nocur', 'S-now', 'S-onlysale']);
    expect(await found({ minPrice: 10 })).toEqual(['S-future', 'S-higher', 'S-past', 'S-same', 'S-zero']);
  });

  it('begin and end by themselves', async () => {
    const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    await importRows({
      price: '20 EUR',
      sale_price: '10 EUR',
      sale_price_effective_date: `${at(1)}/${at(2)}`,
    });
    const pass = (days: number) =>
      opened.services.db.inShop(shopId, (tx) =>
        tx.query('update items set sale_from = $1, sale_until = $2', [at(1 - days), at(2 - days)]),
      );
    const seen = async () => {
      const [item] = await allItems();
      const range = await opened.services.db.inShop(shopId, (tx) =>
        findPriceRange(tx, shopId, { itemIds: ['r0'], currency: 'EUR' }),
      );
      return [item?.salePriceMinor, await found({ maxPrice: 10 }), await found({ minPrice: 15 }), range];
    };
    expect(await seen()).toEqual([null, [], ['r0'], { min: 2000, max: 2000 }]);
    await pass(1.5);
    expect(await seen()).toEqual([1000, ['r0'], [], { min: 1000, max: 1000 }]);
    await pass(2.5);
    expect(await seen()).toEqual([null, [], ['r0'], { min: 2000, max: 2000 }]);
  });

  it('whose dates cannot be read, or in another currency, are left out with a warning', async () => {
    const { warned } = await importRows(
      { price: '20 EUR', sale_price: '10 EUR', sale_price_effective_date: 'this week' },
      { price: '20 EUR', sale_price: '10 USD' },
      { price: '20', sale_price: '10 USD' },
      { sale_price: '10 EUR', sale_price_effective_date: '2020-01-01/2030-01-01' },
    );
    expect(asPrices(await allItems())).toEqual({
      r0: [2000, null, 'EUR'],
      r1: [2000, null, 'EUR'],
      r2: [2000, 1000, 'USD'],
      r3: [null, null, null],
    });
    expect(warned).toEqual([
      ['r0', 'warning', 'sale_price_effective_date'],
      ['r1', 'warning', 'sale_price'],
      ['r3', 'warning', 'sale_price'],
    ]);
  });
});

it('availability is understood in the words of shops', async () => {
  const { job } = await importCase('14-availability');
  expect(job).toMatchObject({ itemsReady: 12, rowsRejected: 0, warningCount: 0 });
  expect(Object.fromEntries((await allItems()).map(({ id, availability }) => [id, availability]))).toEqual({
    A01: 'in_stock',
    A03: 'in_stock',
    A05: 'in_stock',
    A07: 'in_stock',
    A09: 'preorder',
    A11: 'backorder',
    A13: 'out_of_stock',
    A15: 'out_of_stock',
    A17: 'out_of_stock',
    A19: 'in_stock',
    A21: 'out_of_stock',
    A23: 'in_stock',
  });
  const { warned } = await importRows({ availability: 'perhaps' });
  expect(warned).toEqual([['r0', 'warning', 'availability']]);
});

describe('what is clothing', () => {
  async function matched() {
    const { rows } = await opened.services.db.inShop(shopId, (tx) =>
      tx.query<{ id: string; failure: string | null; primary: boolean }>(
        `select i.id, i.failure, exists (select from garments g where g.shop_id = i.shop_id and g.item_id = i.id
           and g.is_primary) as primary from items i order by i.id`,
      ),
    );
    return rows;
  }

  it('is every garment whose title names something else as well', async () => {
    const { job } = await importCase('16-titles-outside');
    expect(job).toMatchObject({ itemsReady: 15, rowsRejected: 0, warningCount: 0 });
    const items = await matched();
    expect(items).toHaveLength(15);
    expect(items.filter(({ failure, primary }) => failure !== null || !primary)).toEqual([]);
  });

  it('is not what a title or the last part of a path calls something else: it is listed with the reason', async () => {
    const { errors, job } = await importRows(
      { title: 'Dress shoes' },
      { title: 'Runner 3000', product_type: 'Clothing > Shoes' },
      { title: 'Belted dress' },
    );
    expect(job).toMatchObject({ itemsReady: 3, warningCount: 2 });
    expect(errors).toMatchObject([
      { itemId: 'r0', severity: 'warning', column: 'title', code: 'NOT_MATCHED' },
      { itemId: 'r1', severity: 'warning', column: 'product_type', code: 'NOT_MATCHED' },
    ]);
    expect(errors[1]?.reason).toContain('product_type says "shoes"');
    expect((await matched()).map(({ primary }) => primary)).toEqual([false, false, true]);
  });
});

it('texts lose tags, entities and what nobody sees, and colours are told apart', async () => {
  await importRows({
    title: 'Cre\u0300me <b>tee</b> &amp;amp; more\u200b',
    description: '<p>One.</p><p>Two &eacute;</p>',
    color: 'Red/Black',
    brand: 'H&amp;M',
    size: 'gr\u00f6\u00dfer',
  });
  const [item] = await allItems();
  expect(item).toMatchObject({
    title: 'Cr\u00e8me tee & more',
    description: 'One.\n\nTwo \u00e9',
    color: 'Red/Black',
    brand: 'H&M',
  });
  for (const filter of [
    { colors: ['red'] },
    { colors: ['black'] },
    { words: 'creme MORE' },
    { sizes: ['GROSSER'] },
    { brands: ['h&m'] },
  ]) {
    expect(await found(filter)).toEqual(['r0']);
  }
  expect(await found({ colors: ['blue'] })).toEqual([]);
});
