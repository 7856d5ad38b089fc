import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replaceImages } from '../../server/catalogue/worker/replace-images.ts';
import { Category } from '../../server/vocabulary/category.ts';
import { IMAGE, makeGarment, makeItem, makePhoto, makeShop, TEST_MODEL } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { randomOf, randomUnit } from '../helpers/random.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { zipOf } from '../helpers/zip.ts';

const CHOOSE = `mutation ($itemId: ID!, $garmentId: ID) { setPrimaryGarment(itemId: $itemId, garmentId: $garmentId) {
  id failure primaryGarment { id chosen category } } }`;
const CORRECT = `mutation ($garmentId: ID!, $category: Category) {
  correctGarment(garmentId: $garmentId, category: $category) { id category parsedCategory corrected } }`;

const random = randomOf(31);
const vectors = Array.from({ length: 3 }, () => randomUnit(random));
/** Two garments, far apart in one image; by the parser's choice the first is the primary one. */
const parsed = () => [
  makeGarment({ category: Category.TROUSERS, box: [2, 40, 30, 78], embedding: vectors[0]!, score: 0.9 }),
  makeGarment({ category: Category.VEST, box: [30, 2, 58, 30], embedding: vectors[1]!, score: 0.8 }),
];

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await makeTestServer({ worker: true });
  key = await server.makeKey('merchandiser');
  // Searches by it show how the shop's other items are found.
  await makeItem(server.db, server.shopId, {
    id: 'query',
    garments: [makeGarment({ embedding: vectors[1]! })],
  });
});
afterAll(() => server.close());

let count = 0;
async function makeTwo(overrides: Parameters<typeof makeItem>[2] = {}) {
  const { id } = await makeItem(server.db, server.shopId, {
    id: `two-${count++}`,
    garments: parsed(),
    feedCategory: Category.SHORTS,
    ...overrides,
  });
  return { id, garments: await garmentsOf(id) };
}
async function garmentsOf(id: string): Promise<{ id: string; category: string }[]> {
  const { data } = await server.query(
    'query ($id: ID!) { item(id: $id) { images { garments { id category } } } }',
    { id },
  );
  return data.item.images[0].garments;
}
const choose = (itemId: string, garmentId: string | null, withKey = key) =>
  server.query(CHOOSE, { itemId, garmentId }, { key: withKey });
const correct = (garmentId: string, category: string | null, withKey = key) =>
  server.query(CORRECT, { garmentId, category }, { key: withKey });
/** Whether the item is listed among those of a category, as every filter has it. */
async function isListedAs(id: string, category: string): Promise<boolean> {
  const { data } = await server.query(
    'query ($filter: ItemFilter) { items(filter: $filter, first: 100) { edges { node { id } } } }',
    { filter: { categories: [category] } },
  );
  return data.items.edges.some(({ node }: { node: { id: string } }) => node.id === id);
}
async function similarityOf(id: string): Promise<number> {
  const { data } = await server.query(
    '{ similarItems(to: { itemId: "query" }, first: 100, minScore: 0) { edges { node { similarity item { id } } } } }',
  );
  const found = data.similarItems.edges.find(
    ({ node }: { node: { item: { id: string } } }) => node.item.id === id,
  );
  return found?.node.similarity ?? Number.NaN;
}
/** Parses the item's image anew, with boxes that lie a little elsewhere. */
async function parseAnew(id: string, overrides: { sha256?: string } = {}) {
  await server.db.inShop(server.shopId, (tx) =>
    replaceImages(
      tx,
      { shopId: server.shopId, itemId: id } as Parameters<typeof replaceImages>[1],
      [
        {
          sha256: overrides.sha256 ?? 'ab'.repeat(32),
          ...IMAGE,
          source: 'test',
          garments: parsed().map((garment) => ({
            ...garment,
            box: garment.box.map((side) => side + 1) as unknown as typeof garment.box,
          })),
        } as unknown as Parameters<typeof replaceImages>[2][number],
      ],
      { image: 0, garment: 0 },
      TEST_MODEL,
    ),
  );
}

describe('setPrimaryGarment', () => {
  it('changes what searches match against, and can be taken back', async () => {
    const { id, garments } = await makeTwo();
    const { data } = await choose(id, garments[1]!.id);
    expect(data.setPrimaryGarment.primaryGarment).toEqual({
      id: garments[1]!.id,
      chosen: true,
      category: 'VEST',
    });
    expect(await similarityOf(id)).toBeCloseTo(1, 5);
    const back = await choose(id, null);
    expect(back.data.setPrimaryGarment.primaryGarment).toMatchObject({ id: garments[0]!.id, chosen: false });
    expect(await similarityOf(id)).toBeLessThan(0.5);
  });

  it('goes back to the parser’s choice after several of one’s own', async () => {
    const { id, garments } = await makeTwo();
    for (const one of [1, 0, 1, 1]) await choose(id, garments[one]!.id);
    const { data } = await choose(id, null);
    expect(data.setPrimaryGarment.primaryGarment.id).toBe(garments[0]!.id);
    expect((await choose(id, null)).data.setPrimaryGarment.primaryGarment.id).toBe(garments[0]!.id);
  });

  it('makes an item findable of which nothing was matched, and takes its remark away', async () => {
    const { id, garments } = await makeTwo();
    await server.db.inShop(server.shopId, async (tx) => {
      await tx.query('update garments set is_primary = false where item_id = $1', [id]);
      await tx.query(`update items set failure = 'Kept without matching.' where id = $1`, [id]);
    });
    expect(await similarityOf(id)).toBeNaN();
    const { data } = await choose(id, garments[1]!.id);
    expect(data.setPrimaryGarment).toMatchObject({ failure: null, primaryGarment: { id: garments[1]!.id } });
    expect(await similarityOf(id)).toBeCloseTo(1, 5);
    const back = (await choose(id, null)).data.setPrimaryGarment;
    expect(back).toEqual({ id, failure: 'Kept without matching.', primaryGarment: null });
  });

  it('is refused for a garment of another item, and for nothing', async () => {
    const [one, other] = [await makeTwo(), await makeTwo()];
    for (const [itemId, garmentId] of [
      [one.id, other.garments[0]!.id],
      [one.id, 'nonsense'],
      ['nobody', null],
    ] as const) {
      expect((await choose(itemId, garmentId)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
  });
});

describe('correctGarment', () => {
  it('stands before the feed and the parser, and can be taken back', async () => {
    const { id, garments } = await makeTwo();
    expect(await isListedAs(id, 'SHORTS')).toBe(true);
    const { data } = await correct(garments[0]!.id, 'SKIRT');
    expect(data.correctGarment).toEqual({
      id: garments[0]!.id,
      category: 'SKIRT',
      parsedCategory: 'TROUSERS',
      corrected: true,
    });
    expect(await isListedAs(id, 'SKIRT')).toBe(true);
    expect(await isListedAs(id, 'SHORTS')).toBe(false);
    await correct(garments[0]!.id, 'SLING');
    expect(await isListedAs(id, 'SLING')).toBe(true);
    const back = (await correct(garments[0]!.id, null)).data.correctGarment;
    expect(back).toMatchObject({ category: 'TROUSERS', parsedCategory: 'TROUSERS', corrected: false });
    expect(await isListedAs(id, 'SHORTS')).toBe(true);
    expect(await isListedAs(id, 'SLING')).toBe(false);
  });

  it('of a garment that is not the primary one changes the item once it is', async () => {
    const { id, garments } = await makeTwo();
    await correct(garments[1]!.id, 'SKIRT');
    expect(await isListedAs(id, 'SHORTS')).toBe(true);
    await choose(id, garments[1]!.id);
    expect(await isListedAs(id, 'SKIRT')).toBe(true);
    await choose(id, null);
    expect(await isListedAs(id, 'SHORTS')).toBe(true);
  });

  it('is for items alone: a shopper’s photo has nothing to correct', async () => {
    await makePhoto(server.db, server.shopId);
    const { rows } = await server.db.asOwner((tx) =>
      tx.query<{ id: string }>('select id from garments where photo_id is not null'),
    );
    for (const id of [rows[0]!.id, 'nonsense', '00000000-0000-4000-8000-000000000000']) {
      expect((await correct(id, 'SKIRT')).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
  });
});

describe('a correction', () => {
  it('outlasts that the item is parsed anew, as long as the image is the same', async () => {
    const { id, garments } = await makeTwo();
    await choose(id, garments[1]!.id);
    await correct(garments[1]!.id, 'SKIRT');
    await parseAnew(id);
    const anew = await garmentsOf(id);
    expect(anew.map((garment) => garment.category)).toEqual(['TROUSERS', 'SKIRT']);
    expect(anew[1]!.id).not.toBe(garments[1]!.id);
    expect(await similarityOf(id)).toBeCloseTo(1, 5);
    expect(await isListedAs(id, 'SKIRT')).toBe(true);
    expect((await choose(id, null)).data.setPrimaryGarment.primaryGarment.id).toBe(anew[0]!.id);
    expect(await isListedAs(id, 'SHORTS')).toBe(true);
  });

  it('outlasts every import of the same image: unchanged, with another price, with another category', async () => {
    const picture = await drawPicture();
    const importRow = async (price: string, title: string) => {
      const feed = await zipOf({
        'feed.csv': `id,title,image_link,price\nfed,${title},fed.png,${price}\n`,
        'fed.png': picture,
      });
      const IMPORT = 'mutation($file: Upload!) { importCatalogue(feed: $file) { id } }';
      const { data } = await server.upload(IMPORT, feed, { key, name: 'feed.zip' });
      const JOB = 'query($id: ID!) { importJob(id: $id) { state rowsUnchanged itemsReady } }';
      const job = () => server.query(JOB, { id: data.importCatalogue.id }, { key });
      await expect.poll(async () => (await job()).data.importJob.state, { timeout: 50_000 }).toBe('DONE');
      return (await job()).data.importJob;
    };
    await importRow('1.00 EUR', 'Trousers');
    expect(await isListedAs('fed', 'TROUSERS')).toBe(true);
    const [garment] = await garmentsOf('fed');
    await correct(garment!.id, 'SLING');
    expect(await isListedAs('fed', 'SLING')).toBe(true);
    expect(await importRow('1.00 EUR', 'Trousers')).toMatchObject({ rowsUnchanged: 1 });
    expect(await isListedAs('fed', 'SLING')).toBe(true);
    await importRow('2.00 EUR', 'Trousers');
    expect(await isListedAs('fed', 'SLING')).toBe(true);
    expect((await garmentsOf('fed'))[0]!.id).toBe(garment!.id);
    await importRow('2.00 EUR', 'Shorts');
    expect(await isListedAs('fed', 'SLING')).toBe(true);
    const [anew] = await garmentsOf('fed');
    expect(anew!.id).not.toBe(garment!.id);
    await correct(anew!.id, null);
    // What the feed says by now.
    expect(await isListedAs('fed', 'SHORTS')).toBe(true);
  }, 120_000);

  it('goes with its image', async () => {
    const { id, garments } = await makeTwo();
    await choose(id, garments[1]!.id);
    await correct(garments[1]!.id, 'SKIRT');
    await parseAnew(id, { sha256: 'cd'.repeat(32) });
    expect((await garmentsOf(id)).map((garment) => garment.category)).toEqual(['TROUSERS', 'VEST']);
    expect(await isListedAs(id, 'SHORTS')).toBe(true);
  });

  it.each([undefined, 'widget'] as const)('is not for %s', async (role) => {
    const options = role ? { key: await server.makeKey(role) } : {};
    const { id, garments } = await makeTwo();
    for (const answer of [
      await server.query(CHOOSE, { itemId: id, garmentId: garments[1]!.id }, options),
      await server.query(CORRECT, { garmentId: garments[0]!.id, category: 'SKIRT' }, options),
    ]) {
      expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  it('cannot be made with another shop’s key', async () => {
    const other = await server.makeKey('admin', await makeShop(server.db));
    const { id, garments } = await makeTwo();
    expect((await choose(id, garments[1]!.id, other)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await choose(id, null, other)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await correct(garments[0]!.id, 'SKIRT', other)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

describe('matchItem', () => {
  const MATCH = `mutation ($itemId: ID!, $category: Category) { matchItem(itemId: $itemId, category: $category) {
    id failure primaryGarment { category corrected whole } } }`;
  const UNMATCH = `mutation ($itemId: ID!) { unmatchItem(itemId: $itemId) { id failure primaryGarment { id } } }`;
  const match = (itemId: string, category: string | null, withKey = key) =>
    server.query(MATCH, { itemId, category }, { key: withKey });
  const unmatch = (itemId: string) => server.query(UNMATCH, { itemId }, { key });

  async function importOne(id: string, price: string, image: Buffer) {
    const feed = `id,title,image_link,price\n${id},Leather boots,boots.png,${price}\n`;
    const zip = await zipOf({ 'feed.csv': feed, 'boots.png': image });
    const { data } = await server.upload(
      'mutation ($file: Upload!) { importCatalogue(feed: $file) { id } }',
      zip,
      {
        key,
        name: 'feed.zip',
      },
    );
    const JOB = `query ($id: ID!) { importJob(id: $id) { state itemsReady warningCount
      errors { itemId severity column code reason } } }`;
    const job = async () =>
      (await server.query(JOB, { id: data.importCatalogue.id }, { key })).data.importJob;
    await expect.poll(async () => (await job()).state, { timeout: 50_000 }).toBe('DONE');
    return job();
  }
  const stateOf = async (id: string) => {
    const { data } = await server.query(
      'query ($id: ID!) { item(id: $id) { failure primaryGarment { category whole } } }',
      { id },
      { key },
    );
    return data.item;
  };
  const REASON =
    'Kept without matching: title says "boots", which is outside of the 13 categories. If the item is clothing, choose ' +
    'what it is; other goods are matched once the shop has a slot for them.';

  it('takes an item in that was left out, for good, and can be undone', async () => {
    const id = 'boots';
    const image = await drawPicture({ color: null });
    expect(await importOne(id, '5 EUR', image)).toMatchObject({
      warningCount: 1,
      errors: [{ itemId: id, severity: 'WARNING', column: 'title', code: 'NOT_MATCHED', reason: REASON }],
    });
    expect(await stateOf(id)).toEqual({ failure: REASON, primaryGarment: null });
    expect((await match(id, 'SKIRT')).data.matchItem).toEqual({
      id,
      failure: null,
      primaryGarment: { category: 'SKIRT', corrected: true, whole: true },
    });
    expect(await isListedAs(id, 'SKIRT')).toBe(true);
    // Another picture is parsed anew, and still matched.
    const other = await drawPicture({ color: null, width: 100, height: 140 });
    expect(await importOne(id, '5 EUR', other)).toMatchObject({ itemsReady: 1, warningCount: 0 });
    expect(await stateOf(id)).toMatchObject({ failure: null, primaryGarment: { whole: true } });
    expect((await unmatch(id)).data.unmatchItem).toEqual({ id, failure: REASON, primaryGarment: null });
    expect(await importOne(id, '6 EUR', image)).toMatchObject({ warningCount: 1 });
    expect(await stateOf(id)).toEqual({ failure: REASON, primaryGarment: null });
  }, 120_000);

  it('chooses the garment of that category, else corrects the largest', async () => {
    const vest = await makeTwo();
    expect((await match(vest.id, 'VEST')).data.matchItem.primaryGarment).toMatchObject({
      category: 'VEST',
      corrected: false,
    });
    const { id } = await makeTwo();
    expect((await match(id, null)).data.matchItem.primaryGarment).toMatchObject({ corrected: false });
    expect((await match(id, 'SKIRT')).data.matchItem.primaryGarment).toMatchObject({
      category: 'SKIRT',
      corrected: true,
    });
  });

  it('is refused for an unknown item, one that is not parsed, and without the right', async () => {
    const pending = await makeItem(server.db, server.shopId, { id: 'pending', state: 'pending' });
    expect((await match('nobody', null)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await match(pending.id, null)).errors?.[0]?.extensions.code).toBe('NOT_PARSED');
    expect((await unmatch('nobody')).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const widget = await server.makeKey('widget');
    expect((await match('pending', null, widget)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
