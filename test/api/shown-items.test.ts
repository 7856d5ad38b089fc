import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeItem } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

const ITEMS = `query ($first: Int! = 24, $after: String, $filter: ItemFilter) {
  items(first: $first, after: $after, filter: $filter) {
    totalCount edges { cursor node { id state failure imageUrl } } pageInfo { hasNextPage endCursor }
  }
}`;
const ITEM = 'query ($id: ID!) { item(id: $id) { id title state failure } }';
const SHOP = '{ shop { itemCount pendingCount brands colors } }';
const REASON = 'https://internal.example/9.jpg answered with 404.';

/** Those that shoppers may see, the newest first. */
const SHOWN = ['renewed', 'chosen', 'matched'];
const HIDDEN = ['unreadable', 'broken', 'shoes', 'new'];

let server: TestServer;
let keys: Record<'merchandiser' | 'widget', string>;

beforeAll(async () => {
  server = await makeTestServer();
  const make = (id: string, overrides: Parameters<typeof makeItem>[2] = {}) =>
    makeItem(server.db, server.shopId, {
      id,
      title: id,
      brand: `Brand of ${id}`,
      color: `hue ${id}`,
      ...overrides,
    });
  const run = (text: string, values: unknown[]) => server.db.asOwner((tx) => tx.query(text, values));
  const setState = (id: string, state: string) =>
    run('update items set state = $2 where id = $1', [id, state]);
  const fail = (id: string) => run('update items set failure = $2 where id = $1', [id, REASON]);
  await make('matched');
  await make('new', { state: 'pending', garments: [] });
  await make('shoes', { garments: [] });
  await fail('shoes');
  await make('broken', { state: 'failed', garments: [] });
  await fail('broken');
  // It was parsed once; what its feed says now is not readable.
  await make('unreadable');
  await setState('unreadable', 'failed');
  await fail('unreadable');
  await make('chosen');
  await run("update garments set chosen = true where item_id = 'chosen'", []);
  await fail('chosen');
  // A feed has changed its picture a moment ago; it keeps its old garments until it is parsed.
  await make('renewed');
  await setState('renewed', 'pending');
  keys = { merchandiser: await server.makeKey('merchandiser'), widget: await server.makeKey('widget') };
});
afterAll(() => server.close());

const idsOf = (data: { items: { edges: { node: { id: string } }[] } }) =>
  data.items.edges.map(({ node }) => node.id);

describe.each(['anonymous', 'widget'] as const)('for a shopper (%s)', (role) => {
  const options = () => (role === 'widget' ? { key: keys.widget } : {});

  it('the catalogue has the items that can be found, and counts those', async () => {
    const { data } = await server.query(ITEMS, {}, options());
    expect(idsOf(data)).toEqual(SHOWN);
    expect(data.items.totalCount).toBe(SHOWN.length);
    expect(JSON.stringify(data)).not.toContain('internal.example');
  });

  it('a page is filled by them', async () => {
    const first = (await server.query(ITEMS, { first: 2 }, options())).data;
    expect(idsOf(first)).toEqual(SHOWN.slice(0, 2));
    const after = first.items.pageInfo.endCursor;
    expect(idsOf((await server.query(ITEMS, { first: 2, after }, options())).data)).toEqual(SHOWN.slice(2));
  });

  it.each(HIDDEN)('there is no item "%s"', async (id) => {
    expect((await server.query(ITEM, { id }, options())).data.item).toBeNull();
  });

  it.each(SHOWN)('there is the item "%s", without a word of its import', async (id) => {
    const { data } = await server.query(ITEM, { id }, options());
    expect(data.item).toMatchObject({ id, failure: null });
  });

  it('filters offer no value that no item has, and the count is of what is there or to come', async () => {
    const { data } = await server.query(SHOP, {}, options());
    expect(data.shop.brands).toEqual(SHOWN.map((id) => `Brand of ${id}`).sort());
    expect(data.shop.colors).toEqual(SHOWN.map((id) => `hue ${id}`).sort());
    expect(data.shop).toMatchObject({ itemCount: SHOWN.length + 1, pendingCount: 2 });
  });
});

describe("for the shop's people", () => {
  it('the catalogue has all items, with what is wrong with them', async () => {
    const { data } = await server.query(ITEMS, {}, { key: keys.merchandiser });
    expect(idsOf(data).sort()).toEqual([...SHOWN, ...HIDDEN].sort());
    expect(data.items.totalCount).toBe(7);
  });

  it.each(HIDDEN)('there is the item "%s"', async (id) => {
    const { data } = await server.query(ITEM, { id }, { key: keys.merchandiser });
    expect(data.item).toMatchObject({ id, failure: id === 'new' ? null : REASON });
  });

  it('all items count, and all brands are listed', async () => {
    const { data } = await server.query(SHOP, {}, { key: keys.merchandiser });
    expect(data.shop.itemCount).toBe(7);
    expect(data.shop.brands).toHaveLength(7);
  });
});
