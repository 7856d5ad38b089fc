import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contextOf } from '../../server/app.ts';
import { makeSchema } from '../../server/schema.ts';
import { recordStatements } from '../helpers/database.ts';
import { makeGarment, makeItem, makePhoto, makeShop } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { embeddingOf, TEST_SPACE } from '../helpers/space.ts';

const ITEM = 'id title imageUrl images { url garments { id mask } } primaryGarment { id colour cropUrl }';

let server: TestServer;
/** Photos with one garment and with eight. */
let one: string;
let eight: string;
beforeAll(async () => {
  server = await makeTestServer({ space: TEST_SPACE, environment: { SEARCHES_PER_MINUTE: '1000' } });
  for (let i = 0; i < 51; i++) {
    const garments = [makeGarment({ embedding: embeddingOf({ pattern: i }) }), makeGarment()];
    await makeItem(server.db, server.shopId, { id: `i${i}`, garments });
  }
  const photo = (count: number) =>
    makePhoto(server.db, server.shopId, {
      garments: Array.from({ length: count }, () => makeGarment({ embedding: embeddingOf({}) })),
    });
  one = (await photo(1)).id;
  eight = (await photo(8)).id;
});
afterAll(() => server.close());

/** The statements of one operation, and what it answers. */
async function run(source: string) {
  const { db, statements } = recordStatements(server.db);
  const viewer = { role: 'anonymous', shopId: server.shopId, client: 'test' } as const;
  const { data, errors } = await graphql({
    schema: await makeSchema(),
    source,
    contextValue: contextOf({ ...server.services, db }, viewer),
  });
  expect(errors).toBeUndefined();
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into an answer as deep as its query went.
  return { data: data as any, count: statements.length };
}

describe('the statements of', () => {
  it('a list of fifty items are as many as of a list of two', async () => {
    const list = (first: number) =>
      run(`{ items(first: ${first}) { totalCount edges { node { ${ITEM} } } } }`);
    const [few, many] = [await list(2), await list(50)];
    expect(few.count).toBeLessThanOrEqual(6);
    expect(many.data.items.edges).toHaveLength(50);
    expect(many.count).toBe(few.count);
  });

  it('a page of fifty matches with their reasons are as many as of a page of two', async () => {
    const page = (first: number) =>
      run(`{ similarItems(to: { itemId: "i0" }, first: ${first}) { cutoff pageInfo { endCursor }
        edges { node { score similarity reason { summary } item { ${ITEM} } } } } }`);
    const [few, many] = [await page(2), await page(50)];
    // The shop, the target, the rules, four for the matches, items, images; then reasons, garments, primary garments.
    expect(few.count).toBeLessThanOrEqual(12);
    expect(many.data.similarItems.edges).toHaveLength(50);
    expect(
      many.data.similarItems.edges.every((edge: { node: { reason: unknown } }) => edge.node.reason),
    ).toBe(true);
    expect(many.count).toBe(few.count);
  });

  it.each([
    ['shop { id }', 1],
    [
      'shop { itemCount drawnItemCount categories { count } colors brands facets { limit } slots { name } }',
      8,
    ],
    ['item(id: "i1") { id }', 1],
    // Those that are ready, then the others.
    ['item(id: "none") { id }', 2],
    [`photo(id: "PHOTO") { id }`, 1],
    ['viewer { role }', 0],
  ])('%s are as many for a hundred of it as for one', async (field, most) => {
    const source = field.replace('PHOTO', one);
    const aliases = Array.from({ length: 100 }, (_, i) => `a${i}: ${source}`).join(' ');
    const [few, many] = [await run(`{ ${source} }`), await run(`{ ${aliases} }`)];
    expect(few.count).toBeLessThanOrEqual(most);
    expect(many.count).toBe(few.count);
    expect(many.data.a99).toEqual(Object.values(few.data)[0]);
  });

  it("a photo's garments are as many for eight as for one", async () => {
    const photo = (id: string) =>
      run(`{ photo(id: "${id}") { imageUrl garments { id colour origin mask coverage cropUrl } } }`);
    const [few, many] = [await photo(one), await photo(eight)];
    expect(few.count).toBe(2);
    expect(many.data.photo.garments).toHaveLength(8);
    expect(many.count).toBe(few.count);
  });

  it('eight searches in one photo are those of one eight times, and what is asked of all they find is read once', async () => {
    const searches = (id: string, fields: string) =>
      run(`{ photo(id: "${id}") { garments { similarItems(first: 4) { edges { node { ${fields} } } } } } }`);
    const bare = await searches(one, 'score');
    // Each reads its items and their images itself, in its own transaction.
    const perSearch = bare.count - 2;
    expect(perSearch).toBeLessThanOrEqual(9);
    expect((await searches(eight, 'score')).count).toBe(bare.count + 7 * perSearch);
    const [few, many] = [await searches(one, `item { ${ITEM} }`), await searches(eight, `item { ${ITEM} }`)];
    expect(many.count).toBe(few.count + 7 * perSearch);
  });

  it('a refined search are as many as of a plain one', async () => {
    const search = (refine: string) =>
      run(`{ similarItems(to: { itemId: "i0" }, refine: ${refine}) { edges { cursor } } }`);
    const likes = Array.from({ length: 10 }, (_, i) => `{ itemId: "i${i + 1}" }`).join(' ');
    const plain = await search('{}');
    const refined = await search(`{ moreLike: [${likes}], lessLike: [${likes}], words: "in blue" }`);
    expect(refined.count).toBe(plain.count);
  });

  it('the variants of four items are as many as of two', async () => {
    for (const id of ['a1', 'a2', 'b1', 'b2']) {
      const garments = [makeGarment({ embedding: embeddingOf({}) })];
      await makeItem(server.db, server.shopId, { id, itemGroupId: id[0]!, garments });
    }
    const list = (first: number) =>
      run(`{ items(first: ${first}) { edges { node { variants { id imageUrl } } } } }`);
    const [few, many] = [await list(2), await list(4)];
    expect(many.data.items.edges[3].node.variants).toHaveLength(2);
    expect(many.count).toBe(few.count);
  });

  it('the variants of an item are of its own shop', async () => {
    const other = await makeShop(server.db);
    for (const shopId of [server.shopId, other]) {
      const garments = [makeGarment({ embedding: embeddingOf({}) })];
      await makeItem(server.db, shopId, { id: `${shopId}-c`, itemGroupId: 'c', garments });
    }
    const key = await server.makeKey('widget', other);
    const { data } = await server.query(`{ item(id: "${other}-c") { variants { id } } }`, {}, { key });
    expect(data.item.variants).toEqual([{ id: `${other}-c` }]);
  });
});
