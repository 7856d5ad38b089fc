import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeGarment, makeItem, makeShop } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

const VARIANTS = '{ items(first: 10) { edges { node { id variants { id size color } } } } }';

let server: TestServer;

beforeAll(async () => {
  server = await makeTestServer();
  const made = (id: string, overrides: object = {}) =>
    makeItem(server.db, server.shopId, { id, itemGroupId: 'cut', garments: [makeGarment()], ...overrides });
  await made('m', { size: 'M', color: 'Red' });
  await made('s', { size: 'S', color: 'Red' });
  await made('failed', { state: 'failed', garments: [] });
  await made('alone', { itemGroupId: null });
  const other = await makeShop(server.db);
  await makeItem(server.db, other, { id: 'foreign', itemGroupId: 'cut', garments: [makeGarment()] });
});
afterAll(() => server.close());

describe('the variants of an item', () => {
  it('are those of its group that shoppers can see, in its shop', async () => {
    const { data } = await server.query(VARIANTS);
    const listed = data.items.edges.map(({ node }: { node: { id: string; variants: object[] } }) => [
      node.id,
      node.variants,
    ]);
    const cut = [
      { id: 'm', size: 'M', color: 'Red' },
      { id: 's', size: 'S', color: 'Red' },
    ];
    expect(Object.fromEntries(listed)).toEqual({ m: cut, s: cut, alone: [] });
  });
});
