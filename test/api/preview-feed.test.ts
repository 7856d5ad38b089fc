/** What a feed's first rows are understood as, before anything of it is imported. */

import { mkdir, readdir, utimes } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sweepPreviews } from '../../server/catalogue/staging/previews.ts';
import { StoreUnavailableError } from '../../server/errors/store-unavailable.ts';
import { makeShop } from '../helpers/factories.ts';
import { makeForms, makeItems } from '../helpers/feeds/forms.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { zipOf } from '../helpers/zip.ts';

vi.setConfig({ testTimeout: 120_000 });

const PREVIEW = `mutation ($file: Upload!) { previewFeed(feed: $file) {
  token expiresAt name feedName format encoding separator system isWhole notes
  columns { name use field }
  rows { row faults { row itemId severity column code reason } item {
    id title price { amount currency } salePrice { amount currency } availability category unmatchedReason
    brand color size itemGroupId images } } } }`;
const IMPORT = `mutation ($token: ID!, $mode: FeedMode! = UPSERT) {
  importStaged(token: $token, mode: $mode) { id name mode state } }`;

interface Shown {
  readonly item: { readonly id: string; readonly size: string; readonly itemGroupId: string };
}

let server: TestServer;
let shopId: string;
let key: string;

const MOST_MB = 64;
const feeds = createServer(({ url }, response) => {
  if (url === '/feeds/winter%20sale.csv')
    response.end('id,title,image_link\n1,Skirt,https://shop.example/1.jpg\n');
  else if (url === '/inside') response.writeHead(302, { location: 'http://10.0.0.1/feed.csv' }).end();
  else if (url === '/text') response.end('<html><body>Please log in</body></html>');
  else if (url === '/large') {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    Readable.from(Array.from({ length: MOST_MB + 2 }, () => piece)).pipe(response);
  } else response.writeHead(404).end();
});
let host: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => feeds.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(feeds.address() as AddressInfo).port}`;
  const environment = { FETCH_ALLOW_HOSTS: host, MAX_FEED_MB: `${MOST_MB}` };
  server = await makeTestServer({ worker: true, environment });
});
afterAll(async () => {
  await server?.close();
  feeds.close();
});
beforeEach(async () => {
  shopId = await makeShop(server.db);
  key = await server.makeKey('merchandiser', shopId);
});

async function preview(feed: Buffer | string, name = 'feed') {
  const { data, errors } = await server.upload(PREVIEW, Buffer.from(feed), { key, name });
  expect(errors).toBeUndefined();
  return data.previewFeed;
}

async function refusal(feed: Buffer | string, options: { key?: string } = { key }) {
  const { errors } = await server.upload(PREVIEW, Buffer.from(feed), { ...options, name: 'feed' });
  return errors?.[0];
}

const previewUrl = (url: string) =>
  server.query(
    'mutation ($url: String) { previewFeed(url: $url) { token name format rows { item { id title } } } }',
    { url },
    { key },
  );
const importStaged = (token: string, variables: object = {}, options = { key }) =>
  server.query(IMPORT, { token, ...variables }, options);
const itemsOf = async () => {
  const { rows } = await server.db.inShop(shopId, (tx) =>
    tx.query<{ id: string; title: string }>('select id, title from items order by id'),
  );
  return rows;
};
const stagedPreviews = () =>
  readdir(join(server.services.config.dataDir, 'previews', shopId)).catch(() => [] as string[]);

describe('the preview of a feed', () => {
  it('shows its rows as items, with what is left out of each, and imports nothing', async () => {
    const shown = await preview(
      'id;title;image_link;price;sale_price;availability;product_type;season;gtin\n' +
        '1;Plissé skirt;https://shop.example/1.jpg;49,90 EUR;39,90 EUR;in stock;Skirts;summer;1\n' +
        '2;Canvas boots;https://shop.example/2.jpg;1.299 EUR;;perhaps;;;2\n' +
        '3;;https://shop.example/3.jpg;;;;;;\n',
      'autumn.csv',
    );
    expect(shown).toMatchObject({
      name: 'autumn.csv',
      feedName: null,
      format: 'CSV',
      encoding: 'utf-8',
      separator: ';',
      system: null,
      isWhole: true,
      notes: [],
    });
    expect(shown.columns).toEqual(
      [
        ['id', 'FIELD', 'id'],
        ['title', 'FIELD', 'title'],
        ['image_link', 'FIELD', 'image_link'],
        ['price', 'FIELD', 'price'],
        ['sale_price', 'FIELD', 'sale_price'],
        ['availability', 'FIELD', 'availability'],
        ['product_type', 'FIELD', 'product_type'],
        ['season', 'ATTRIBUTE', null],
        ['gtin', 'IGNORED', null],
      ].map(([name, use, field]) => ({ name, use, field })),
    );
    const [skirt, boots, bare] = shown.rows;
    expect(skirt).toMatchObject({
      row: 2,
      faults: [],
      item: {
        id: '1',
        title: 'Plissé skirt',
        price: { amount: '49.90', currency: 'EUR' },
        salePrice: { amount: '39.90', currency: 'EUR' },
        availability: 'IN_STOCK',
        category: 'SKIRT',
        unmatchedReason: null,
        images: ['https://shop.example/1.jpg'],
      },
    });
    expect(boots.item).toMatchObject({ price: null, category: null, availability: 'IN_STOCK' });
    expect(boots.item.unmatchedReason).toContain('title says "boots"');
    expect(boots.faults).toMatchObject([
      { severity: 'WARNING', column: 'price', code: 'INVALID_PRICE', itemId: '2' },
      { severity: 'WARNING', column: 'availability', code: 'INVALID_AVAILABILITY' },
    ]);
    expect(bare).toMatchObject({
      row: 4,
      item: null,
      faults: [{ severity: 'ERROR', column: 'title', code: 'MISSING_FIELD' }],
    });
    expect(await itemsOf()).toEqual([]);
  });

  it('shows the same rows in every form that a feed has', async () => {
    const items = makeItems(12, (n) => `https://shop.example/${n}.jpg`);
    const first = items[0]!;
    const seen = new Set<string>();
    for (const form of makeForms(items)) {
      const shown = await preview(await form.bytes());
      expect(shown.rows, form.name).toHaveLength(10);
      expect(shown.isWhole, form.name).toBe(false);
      expect(shown.rows[0].item, form.name).toMatchObject({
        id: first.columns.id,
        title: first.columns.title,
        price: { amount: '10.90', currency: 'EUR' },
        salePrice: { amount: '5.90', currency: 'EUR' },
        brand: 'Müller & Söhne',
      });
      const uses = Object.fromEntries(
        shown.columns.map(({ name, ...use }: { name: string; use: string; field: string }) => [
          use.field,
          use.use,
        ]),
      );
      expect(uses, form.name).toMatchObject({ id: 'FIELD', image_link: 'FIELD', color: 'FIELD' });
      seen.add(`${shown.format} ${shown.encoding} ${shown.separator}`);
    }
    // Formats, encodings and separators are told apart.
    expect(seen.size).toBeGreaterThan(12);
  });

  it('tells shop systems, and what their columns are read for', async () => {
    const shopify = await preview(
      'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Cost per item\n' +
        'rock,Rock,Size,S,r-s,10.00,https://shop.example/1.jpg,3\n' +
        'rock,,,M,r-m,12.00,,3\n',
    );
    expect(shopify).toMatchObject({ system: 'Shopify', isWhole: true });
    expect(shopify.rows.map(({ item }: Shown) => [item.id, item.size, item.itemGroupId])).toEqual([
      ['r-s', 'S', 'rock'],
      ['r-m', 'M', 'rock'],
    ]);
    expect(shopify.columns).toContainEqual({ name: 'Image Src', use: 'FIELD', field: 'image_link' });
    expect(shopify.columns).toContainEqual({ name: 'Option1 Value', use: 'ATTRIBUTE', field: null });
    expect(shopify.columns).toContainEqual({ name: 'Cost per item', use: 'IGNORED', field: null });
  });

  it('reads a zip, names its feed, and misses pictures that are not in it', async () => {
    const feed = 'id,title,image_link\n1,Skirt,a.png\n2,Skirt,b.png\n';
    const zip = await zipOf({
      'in/feed.csv': feed,
      'in/a.png': await drawPicture(),
      'in/notes.pdf': '%PDF-1',
    });
    const shown = await preview(zip, 'all.zip');
    expect(shown).toMatchObject({ name: 'all.zip', feedName: 'in/feed.csv', format: 'CSV' });
    expect(shown.notes).toEqual(['Other files in the zip were not read: in/notes.pdf.']);
    expect(shown.rows[0]).toMatchObject({ item: { images: ['a.png'] }, faults: [] });
    expect(shown.rows[1]).toMatchObject({
      item: null,
      faults: [{ severity: 'ERROR', itemId: '2', column: 'image_link', code: 'IMAGE_NOT_FOUND' }],
    });
    const pictures = await preview(await zipOf({ 'a red skirt.png': await drawPicture() }));
    expect(pictures).toMatchObject({ format: 'IMAGES', encoding: null, columns: [] });
    expect(pictures.rows[0].item).toMatchObject({ title: 'a red skirt' });
  });

  it('says what the import would say of a file that is no feed, and keeps nothing of it', async () => {
    expect(await refusal('%PDF-1.7 …')).toMatchObject({
      message: expect.stringContaining('The file is a PDF.'),
      extensions: { code: 'FEED_UNREADABLE', field: 'feed' },
    });
    expect(await refusal('name,price\nSkirt,1\n')).toMatchObject({
      message: expect.stringMatching(/missing id, image_link\. It has the columns name, price\.$/),
    });
    expect((await refusal('id,title,image_link\n'))?.message).toBe('The feed has no rows.');
    expect((await refusal(''))?.extensions.code).toBe('EMPTY_FEED');
    expect(await stagedPreviews()).toEqual([]);
  });

  it('reads the start of a long feed alone', async () => {
    const row = (i: number) => ({ id: `${i}`, title: 'Skirt', image_link: 'https://shop.example/1.jpg' });
    const description = 'x'.repeat(2000);
    const long = Array.from({ length: 20_000 }, (_, i) => ({ ...row(i), description }));
    const read = vi.spyOn(JSON, 'parse');
    const shown = await preview(gzipSync(long.map((item) => JSON.stringify(item)).join('\n')));
    // Other imports may be read beside it.
    const rows = read.mock.calls.filter(([text]) => String(text).includes(description)).length;
    read.mockRestore();
    expect(shown).toMatchObject({ format: 'JSON_LINES', isWhole: false });
    expect(shown.rows).toHaveLength(10);
    expect(rows).toBeLessThan(100);
  });

  it('does not take the place where reading stopped for a fault of the feed', async () => {
    const item = (id: number) =>
      `<item><id>${id}</id><title>Skirt</title><image_link>https://shop.example/1.jpg</image_link></item>`;
    const comment = `<!-- ${'x'.repeat(900_000)} -->`;
    // The third item is beyond what a preview reads, and the reading ends inside a comment.
    const feed = `<items>${item(1)}${item(2)}${comment.repeat(11)}${item(3)}</items>`;
    const shown = await preview(feed);
    expect(shown.rows.map(({ item }: Shown) => item.id)).toEqual(['1', '2']);
    expect(shown.isWhole).toBe(false);
  });

  it('fetches a feed from its address, and none from inside the network', async () => {
    const { data, errors } = await previewUrl(`http://${host}/feeds/winter%20sale.csv`);
    expect(errors).toBeUndefined();
    expect(data.previewFeed).toMatchObject({ name: 'winter sale.csv', format: 'CSV' });
    expect(data.previewFeed.rows).toMatchObject([{ item: { id: '1', title: 'Skirt' } }]);
    const { data: imported } = await server.query(
      'mutation ($token: ID!) { importStaged(token: $token) { name } }',
      { token: data.previewFeed.token },
      { key },
    );
    expect(imported.importStaged.name).toBe('winter sale.csv');

    for (const [url, code] of [
      [`http://${host}/none`, 'FETCH_FAILED'],
      ['http://169.254.169.254/latest/meta-data', 'FETCH_REFUSED'],
      [`http://${host}/inside`, 'FETCH_REFUSED'],
      ['file:///etc/passwd', 'INVALID_INPUT'],
      ['feed.csv', 'INVALID_INPUT'],
    ]) {
      const refused = await previewUrl(url!);
      expect(refused.errors?.[0]?.extensions, url).toMatchObject({ code, field: 'url' });
    }
    expect((await previewUrl(`http://${host}/text`)).errors?.[0]?.extensions.code).toBe('FEED_UNREADABLE');
    expect((await previewUrl(`http://${host}/large`)).errors?.[0]?.extensions.code).toBe('FEED_TOO_LARGE');
    // A store that is away is not the address's fault.
    vi.spyOn(server.services.store, 'putStream').mockRejectedValueOnce(new StoreUnavailableError('away'));
    const away = await previewUrl(`http://${host}/feeds/winter%20sale.csv`);
    expect(away.errors?.[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 10 });
    expect(server.logged.splice(0)).toHaveLength(1);
    expect(await stagedPreviews()).toEqual([]);
    const { errors: neither } = await server.query('mutation { previewFeed { token } }', {}, { key });
    expect(neither?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('is shown to each of many who ask at once', async () => {
    const feed = 'id,title,image_link\n1,Skirt,https://shop.example/1.jpg\n';
    const all = await Promise.all(Array.from({ length: 12 }, () => preview(feed)));
    expect(all.map(({ rows }) => rows[0].item.id)).toEqual(Array(12).fill('1'));
  });

  it('may have values that are nested as deep as it is long', async () => {
    const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const feed = `[{"id":"1","title":"Skirt","image_link":"https://shop.example/1.jpg","x":${nested}}]`;
    const answer = await refusal(feed);
    expect(answer?.extensions.code ?? 'FEED_UNREADABLE').toBe('FEED_UNREADABLE');
    expect(server.logged).toEqual([]);
  });

  it('is for merchandisers', async () => {
    const widget = await server.makeKey('widget', shopId);
    for (const other of [{}, { key: widget }]) {
      expect((await refusal('id,title,image_link\n', other))?.extensions.code).toMatch(
        /FORBIDDEN|UNAUTHENTICATED/,
      );
    }
  });
});

describe('a feed that was looked at', () => {
  const FEED = 'id,title,image_link\n1,Skirt,a.png\n';
  const zip = async () => zipOf({ 'feed.csv': FEED, 'a.png': await drawPicture() });

  it('is imported without another upload, once', async () => {
    const { token } = await preview(await zip(), 'autumn.zip');
    const { data } = await importStaged(token, { mode: 'REPLACE' });
    expect(data.importStaged).toMatchObject({ id: token, name: 'autumn.zip', mode: 'REPLACE' });
    const state = async () =>
      (
        await server.query(
          'query ($id: ID!) { importJob(id: $id) { state itemsReady } }',
          { id: token },
          { key },
        )
      ).data.importJob;
    await expect.poll(state, { timeout: 50_000 }).toEqual({ state: 'DONE', itemsReady: 1 });
    expect(await itemsOf()).toEqual([{ id: '1', title: 'Skirt' }]);
    // Sent again, it is the same import.
    expect((await importStaged(token)).data.importStaged).toMatchObject({ id: token, state: 'DONE' });
    expect(await stagedPreviews()).toEqual([]);
  });

  it('is imported by one of two requests that come at once, and both learn of it', async () => {
    const { token } = await preview(await zip());
    const answers = await Promise.all([importStaged(token), importStaged(token)]);
    expect(answers.map(({ data }) => data?.importStaged.id)).toEqual([token, token]);
    const { rows } = await server.db.asOwner((tx) =>
      tx.query('select count(*)::int as count from import_jobs where shop_id = $1', [shopId]),
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('is nobody else’s', async () => {
    const { token } = await preview(await zip());
    const other = await server.makeKey('admin', await makeShop(server.db));
    const { errors } = await importStaged(token, {}, { key: other });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'PREVIEW_EXPIRED', field: 'token' });
    for (const wrong of ['../../x', '', 'nobody', '00000000-0000-4000-8000-000000000000']) {
      expect((await importStaged(wrong)).errors?.[0]?.extensions.code).toBe('PREVIEW_EXPIRED');
    }
    expect((await importStaged(token)).data.importStaged.id).toBe(token);
  });

  it('expires after an hour, and the oldest of more than three before', async () => {
    const tokens: string[] = [];
    for (let i = 0; i < 4; i++) tokens.push((await preview(await zip())).token);
    expect((await stagedPreviews()).sort()).toEqual(tokens.slice(1).sort());
    const folder = (token: string) => join(server.services.config.dataDir, 'previews', shopId, token, 'name');
    const past = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    await utimes(folder(tokens[1]!), past(66), past(66));
    await utimes(folder(tokens[2]!), past(59), past(59));
    expect((await importStaged(tokens[1]!)).errors?.[0]?.extensions.code).toBe('PREVIEW_EXPIRED');
    await mkdir(join(server.services.config.dataDir, 'previews'), { recursive: true });
    await sweepPreviews(server.services.store);
    expect((await stagedPreviews()).sort()).toEqual(tokens.slice(2).sort());
    expect((await importStaged(tokens[2]!)).data.importStaged.id).toBe(tokens[2]);
  });
});
