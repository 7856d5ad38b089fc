import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Category } from '../../server/vocabulary/category.ts';
import { IMAGE, makeGarment, makeItem, makeShop, TEST_MODEL } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

vi.setConfig({ testTimeout: 60_000 });

let server: TestServer;
let shopId: string;
let key: string;
beforeAll(async () => {
  server = await makeTestServer();
  shopId = await makeShop(server.db);
  key = await server.makeKey('merchandiser', shopId);
  const sha256 = await server.services.images.put(await drawPicture());
  const make = (id: string, overrides: Parameters<typeof makeItem>[2] = {}) =>
    makeItem(server.db, shopId, { id, sha256, ...overrides });
  await make('SKU-1', { title: 'Pleated skirt', brand: 'Ålesund', priceMinor: 3000 });
  await make('SKU-2', { title: 'Pléated trousers', priceMinor: 1000, garments: [garment(0.4)] });
  await make('sku-30', { title: '=cmd()', priceMinor: null, garments: [garment(0.8)] });
  await make('bag', { title: 'Bag, "large"', priceMinor: 2000, attributes: { season: 'winter' } });
  await make('gone', { title: 'A pleated vest', state: 'failed' });
  await make('100%_\\', { title: 'Zip skirt', priceMinor: 2500, garments: [garment(0.5)] });
  await run(`update items set failure = 'No clothing.' where shop_id = $1 and id = 'bag'`);
  await run(`update garments set is_primary = false where shop_id = $1 and item_id = 'bag'`);
  await run(`update garments set corrected = true where shop_id = $1 and item_id = '100%_\\'`);
  await run(`update items set failure = 'No image.' where shop_id = $1 and id = 'gone'`);
});
afterAll(() => server?.close());

const garment = (score: number) => makeGarment({ category: Category.TROUSERS, score });
const run = (text: string, of = shopId) => server.db.inShop(of, (tx) => tx.query(text, [of]));

const ITEMS = `query ($filter: StaffFilter, $order: StaffOrder, $first: Int, $after: String) {
  catalogue(filter: $filter) { items(order: $order, first: $first, after: $after) {
    totalCount isTotalExact edges { node { id } } pageInfo { hasNextPage endCursor } } } }`;
async function list(filter: object, more: object = {}, as: string | null = key) {
  const { data, errors } = await server.query(ITEMS, { filter, ...more }, as === null ? {} : { key: as });
  if (errors) return { code: errors[0]!.extensions.code as string, ids: [] as string[] };
  const { edges, totalCount, pageInfo } = data.catalogue.items;
  return {
    ids: edges.map(({ node }: { node: { id: string } }) => node.id) as string[],
    totalCount,
    pageInfo,
  };
}
const found = async (filter: object, more: object = {}) => (await list(filter, more)).ids.sort();

describe('the staff’s list of items', () => {
  it('has what shoppers do not see, by state and by what is wrong with it', async () => {
    const all = ['100%_\\', 'SKU-1', 'SKU-2', 'bag', 'gone', 'sku-30'];
    expect(await found({})).toEqual(all);
    expect(await found({ states: ['FAILED'] })).toEqual(['gone']);
    expect(await found({ states: ['READY', 'FAILED'] })).toEqual(all);
    expect(await found({ concern: 'NOT_MATCHED' })).toEqual(['bag']);
    // That which was put right by hand is sure.
    expect(await found({ concern: 'LOW_CONFIDENCE' })).toEqual(['SKU-2']);
    expect(await found({ categories: ['TROUSERS'], states: ['READY'] })).toEqual([
      '100%_\\',
      'SKU-2',
      'sku-30',
    ]);
    expect(await found({ concern: 'LOW_CONFIDENCE', categories: ['SKIRT'] })).toEqual([]);
  });

  it.each([
    ['the beginning of an id, in any case', 'sku-', ['SKU-1', 'SKU-2', 'sku-30']],
    ['a whole id', 'SKU-30', ['sku-30']],
    ['an id of odd characters, as they stand', '100%_\\', ['100%_\\']],
    ['a wildcard, which is none', '%', []],
    ['words of the title, without case and accents', 'PLEATED', ['SKU-1', 'SKU-2', 'gone']],
    ['several words, the last begun', 'pleated tro', ['SKU-2']],
    ['a brand', 'alesund', ['SKU-1']],
    ['nothing that is there', 'xyz', []],
    ['a quote', "'", []],
    ['spaces alone, which ask for nothing', '  ', ['100%_\\', 'SKU-1', 'SKU-2', 'bag', 'gone', 'sku-30']],
  ])('finds %s', async (_, text, ids) => {
    expect(await found({ text })).toEqual(ids);
  });

  it.each([
    ['NEWEST', ['100%_\\', 'gone', 'bag', 'sku-30', 'SKU-2', 'SKU-1']],
    ['OLDEST', ['SKU-1', 'SKU-2', 'sku-30', 'bag', 'gone', '100%_\\']],
    ['TITLE', ['sku-30', 'gone', 'bag', 'SKU-1', 'SKU-2', '100%_\\']],
    ['ID', ['100%_\\', 'bag', 'gone', 'SKU-1', 'SKU-2', 'sku-30']],
    ['CHEAPEST', ['SKU-2', 'gone', 'bag', '100%_\\', 'SKU-1', 'sku-30']],
    ['DEAREST', ['SKU-1', '100%_\\', 'bag', 'gone', 'SKU-2', 'sku-30']],
    ['LEAST_SURE', ['SKU-2', '100%_\\', 'sku-30', 'SKU-1', 'bag', 'gone']],
  ])('is ordered %s, page by page', async (order, ids) => {
    const pages: string[][] = [];
    for (let after: string | null = null; ; ) {
      const page = await list({}, { order, first: 2, after });
      expect(page.totalCount).toBe(6);
      pages.push(page.ids);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 2]);
    expect(pages.flat()).toEqual(ids);
  });

  it('puts what changed last first', async () => {
    await run(
      `update items set updated_at = now() + interval '1 minute' where shop_id = $1 and id = 'SKU-2'`,
    );
    expect((await list({}, { order: 'CHANGED', first: 1 })).ids).toEqual(['SKU-2']);
  });

  it('refuses a cursor of another order or filter, or of nobody’s making', async () => {
    const { pageInfo } = await list({}, { order: 'TITLE', first: 1 });
    const after = pageInfo.endCursor;
    expect((await list({}, { order: 'ID', after })).code).toBe('INVALID_CURSOR');
    expect((await list({ text: 'a' }, { order: 'TITLE', after })).code).toBe('INVALID_CURSOR');
    const [, scope] = JSON.parse(Buffer.from(after, 'base64url').toString());
    for (const forged of [
      [1, scope],
      [1, scope, 7, 'x'],
      [1, scope, 'a', 'b', 'c'],
    ]) {
      const cursor = Buffer.from(JSON.stringify(forged)).toString('base64url');
      expect((await list({}, { order: 'TITLE', after: cursor })).code).toBe('INVALID_CURSOR');
    }
    const priced = (await list({}, { order: 'CHEAPEST', first: 1 })).pageInfo.endCursor;
    const [version, ofPrice] = JSON.parse(Buffer.from(priced, 'base64url').toString());
    for (const price of ['0x10', 'NaN', '1e999', ' 5']) {
      const cursor = Buffer.from(JSON.stringify([version, ofPrice, price, 'a'])).toString('base64url');
      expect((await list({}, { order: 'CHEAPEST', after: cursor })).code).toBe('INVALID_CURSOR');
    }
  });

  it('is bounded, and for the staff alone', async () => {
    expect((await list({ text: 'a'.repeat(201) })).code).toBe('INVALID_INPUT');
    expect((await list({ text: 'a '.repeat(21) })).code).toBe('INVALID_INPUT');
    expect((await list({ states: Array(11).fill('READY') })).code).toBe('INVALID_INPUT');
    expect((await list({}, { first: 101 })).code).toBe('INVALID_INPUT');
    expect((await list({}, {}, null)).code).toBe('FORBIDDEN');
    expect((await list({}, {}, await server.makeKey('widget', shopId))).code).toBe('FORBIDDEN');
  });

  it('finds what an import touched', async () => {
    const { rows } = await server.db.inShop(shopId, (tx) =>
      tx.query<{ id: string }>(
        `insert into import_jobs (shop_id, name, state) values ($1, 'feed.csv', 'done') returning id`,
        [shopId],
      ),
    );
    const importId = rows[0]!.id;
    await server.db.inShop(shopId, (tx) =>
      tx.query(
        `insert into import_items (shop_id, job_id, item_id, state)
         values ($1, $2, 'SKU-1', 'ready'), ($1, $2, 'gone', 'failed')`,
        [shopId, importId],
      ),
    );
    expect(await found({ importId })).toEqual(['SKU-1', 'gone']);
    expect(await found({ importId: importId.toUpperCase(), states: ['FAILED'] })).toEqual(['gone']);
    expect(await found({ importId: 'no such import' })).toEqual([]);
  });

  it('gives ids to act on, in order and in parts', async () => {
    const IDS = `query ($filter: StaffFilter, $first: Int, $after: ID) {
      catalogue(filter: $filter) { ids(first: $first, after: $after) } }`;
    const ids = async (variables: Record<string, unknown>) => {
      const { data, errors } = await server.query(IDS, variables, { key });
      return errors ? errors[0]!.extensions.code : data.catalogue.ids;
    };
    const first = await ids({ filter: { text: 'sku' }, first: 2 });
    const rest = await ids({ filter: { text: 'sku' }, first: 2, after: first[1] });
    expect([...first, ...rest].sort()).toEqual(['SKU-1', 'SKU-2', 'sku-30']);
    expect(rest).toHaveLength(1);
    expect(await ids({ first: 0 })).toBe('INVALID_INPUT');
    expect(await ids({ first: 1001 })).toBe('INVALID_INPUT');
  });
});

describe('the list as a file', () => {
  const LINK = 'query ($filter: StaffFilter) { catalogue(filter: $filter) { csvUrl } }';
  const linkOf = async (filter: object) => {
    const { data, errors } = await server.query(LINK, { filter }, { key });
    return errors ? (errors[0]!.extensions.code as string) : (data.catalogue.csvUrl as string);
  };

  it('has the filtered items for a spreadsheet, with formulas as text', async () => {
    const response = await fetch(server.url + (await linkOf({ text: 'sku' })));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="items-[\d-]+\.csv"$/);
    const [header, ...lines] = (await response.text()).trimEnd().split('\n');
    expect(header).toMatch(/^id,title,state,category,confidence,remark,pictures,price,/);
    expect(lines.map((line) => line.split(',').slice(0, 8).join()).sort()).toEqual([
      'SKU-1,Pleated skirt,ready,skirt,0.90,,1,30.00 EUR',
      'SKU-2,Pléated trousers,ready,trousers,0.40,,1,10.00 EUR',
      "sku-30,'=cmd(),ready,trousers,0.80,,1,",
    ]);
    const bag = await (await fetch(server.url + (await linkOf({ concern: 'NOT_MATCHED' })))).text();
    expect(bag.split('\n')[1]).toMatch(
      /^bag,"Bag, ""large""",ready,,,No clothing\.,1,20\.00 EUR,.*season=winter/,
    );
  });

  it('has all of them, however many', async () => {
    const many = await makeShop(server.db);
    await server.db.inShop(many, (tx) =>
      tx.query(
        `insert into items (shop_id, id, title, content_hash)
         select $1, 'many-' || n, 'Skirt', '\\x00' from generate_series(1, 1203) n on conflict do nothing`,
        [many],
      ),
    );
    const { data } = await server.query(LINK, { filter: {} }, { key: await server.makeKey('admin', many) });
    const lines = (await (await fetch(server.url + data.catalogue.csvUrl)).text()).trimEnd().split('\n');
    expect(new Set(lines.slice(1).map((line) => line.split(',')[0])).size).toBe(1203);
  });

  it('opens for whoever has the link, and no other list by it', async () => {
    const link = await linkOf({ text: 'sku' });
    const url = new URL(link, server.url);
    url.searchParams.set('filter', '{}');
    expect((await fetch(url)).status).toBe(403);
    url.searchParams.delete('filter');
    expect((await fetch(url)).status).toBe(403);
    const other = new URL(link, server.url);
    other.searchParams.set('shop', server.shopId);
    expect((await fetch(other)).status).toBe(403);
    expect((await fetch(`${server.url}/catalogue/items.csv?filter={}`)).status).toBe(403);
    expect(await linkOf({ categories: [], brands: Array(50).fill('ä'.repeat(100)) })).toBe('INVALID_INPUT');
  });
});

const CATEGORIZE = `mutation ($items: [ItemCategoryInput!]!) {
  categorizeItems(items: $items) { itemId before problem } }`;
async function categorize(items: object[], as = key) {
  const { data, errors } = await server.query(CATEGORIZE, { items }, { key: as });
  return errors ? errors[0]!.extensions.code : data.categorizeItems;
}
const facts = async (id: string) =>
  (
    await server.query(
      'query ($id: ID!) { item(id: $id) { category failure primaryGarment { category corrected } } }',
      { id },
      { key },
    )
  ).data.item;

describe('categorizeItems', () => {
  it('sets categories by hand and says how to take that back', async () => {
    const done = await categorize([
      { itemId: 'SKU-1', category: 'VEST' },
      { itemId: 'bag', category: 'SKIRT' },
      { itemId: 'gone', category: 'SKIRT' },
      { itemId: 'nobody’s', category: 'SKIRT' },
    ]);
    expect(done).toEqual([
      { itemId: 'SKU-1', before: null, problem: null },
      { itemId: 'bag', before: null, problem: null },
      { itemId: 'gone', before: null, problem: 'The item is not parsed yet.' },
      { itemId: 'nobody’s', before: null, problem: 'There is no such item.' },
    ]);
    expect(await facts('SKU-1')).toMatchObject({ category: 'VEST', primaryGarment: { corrected: true } });
    // Matched from now on, though its words are of a bag.
    expect(await facts('bag')).toMatchObject({ category: 'SKIRT', failure: null });
    expect(await found({ concern: 'NOT_MATCHED' })).toEqual([]);

    expect(await categorize([{ itemId: 'SKU-1', category: 'SLING' }])).toEqual([
      { itemId: 'SKU-1', before: 'VEST', problem: null },
    ]);
    await categorize([{ itemId: 'SKU-1', category: 'VEST' }]);
    expect(await facts('SKU-1')).toMatchObject({ category: 'VEST' });

    await categorize([{ itemId: 'SKU-1' }, { itemId: 'bag' }]);
    expect(await facts('SKU-1')).toEqual({
      category: 'SKIRT',
      failure: null,
      primaryGarment: { category: 'SKIRT', corrected: false },
    });
    expect(await facts('bag')).toMatchObject({ failure: 'No clothing.', primaryGarment: null });
  });

  it('is bounded, and for the staff alone', async () => {
    expect(await categorize([])).toBe('INVALID_INPUT');
    expect(await categorize(Array(101).fill({ itemId: 'SKU-1' }))).toBe('INVALID_INPUT');
    expect(await categorize([{ itemId: 'SKU-1' }], await server.makeKey('widget', shopId))).toBe('FORBIDDEN');
  });
});

describe('why a garment is matched', () => {
  const CHOICES = `query ($id: ID!) { item(id: $id) { choices {
    image isMatched reason named goods garment { category } } } }`;
  const choices = async (id: string, as: string | null = key) =>
    (await server.query(CHOICES, { id }, as === null ? {} : { key: as })).data.item.choices;

  it('is told of each garment of each picture', async () => {
    await makeItem(server.db, shopId, {
      id: 'many',
      title: 'Pleated skirt',
      garments: [
        makeGarment({ category: Category.SKIRT, area: 300 }),
        makeGarment({ category: Category.VEST, area: 900 }),
        makeGarment({ category: Category.SKIRT, area: 100 }),
      ],
    });
    await server.db.inShop(shopId, async (tx) => {
      await tx.query(
        `insert into item_images (shop_id, item_id, position, source, sha256, width, height)
         values ($1, 'many', 1, 'test', repeat('ab', 32), $2, $3)`,
        [shopId, IMAGE.width, IMAGE.height],
      );
      const { insertGarments } = await import('../../server/garments/garments.sql.ts');
      await insertGarments(tx, {
        shopId,
        embeddingModel: TEST_MODEL,
        garments: [makeGarment({ category: Category.SKIRT, area: 2000 })],
        itemId: 'many',
        imagePosition: 1,
      });
    });
    const not = { isMatched: false, named: [], goods: null };
    expect(await choices('many')).toEqual([
      { ...not, image: 0, reason: 'OTHER_NAMED', named: ['SKIRT'], garment: { category: 'VEST' } },
      {
        image: 0,
        isMatched: true,
        reason: 'NAMED',
        named: ['SKIRT'],
        goods: null,
        garment: { category: 'SKIRT' },
      },
      { ...not, image: 0, reason: 'SMALLER', garment: { category: 'SKIRT' } },
      { ...not, image: 1, reason: 'LATER_PICTURE', garment: { category: 'SKIRT' } },
    ]);
    const { data } = await server.query(
      '{ item(id: "many") { images { garments { id category coverage } } } }',
      {},
      { key },
    );
    const [{ garments }] = data.item.images;
    const vest = garments.find(({ category }: { category: string }) => category === 'VEST');
    await server.query(
      'mutation ($id: ID!) { setPrimaryGarment(itemId: "many", garmentId: $id) { id } }',
      { id: vest.id },
      { key },
    );
    const reasons = (await choices('many')).map(({ reason }: { reason: string }) => reason);
    expect(reasons).toEqual(['BY_HAND', 'OTHER_BY_HAND', 'OTHER_BY_HAND', 'OTHER_BY_HAND']);
  });

  it('names the goods that are no clothing', async () => {
    await makeItem(server.db, shopId, { id: 'shoes', title: 'Running shoes' });
    await run(`update garments set is_primary = false where shop_id = $1 and item_id = 'shoes'`);
    expect(await choices('shoes')).toMatchObject([
      { isMatched: false, reason: 'NOT_CLOTHING', goods: 'shoes', garment: { category: 'SKIRT' } },
    ]);
  });

  it('is for the staff alone', async () => {
    // Shoppers of the default shop, which has the item, too.
    await makeItem(server.db, server.shopId, { id: 'seen' });
    expect(await choices('seen', await server.makeKey('merchandiser'))).toHaveLength(1);
    expect(await choices('seen', null)).toEqual([]);
  });
});
