import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeGarment, makeItem } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

const ITEMS = `query ($sort: ItemSort!, $first: Int!, $after: String, $filter: ItemFilter) {
  items(sort: $sort, first: $first, after: $after, filter: $filter) {
    totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } }`;

let server: TestServer;
beforeAll(async () => {
  server = await makeTestServer({ environment: { SEARCHES_PER_MINUTE: '1000' } });
  const make = (id: string, of: object) => makeItem(server.db, server.shopId, { id, ...of });
  await make('b30', { priceMinor: 3000 });
  await make('a30', { priceMinor: 3000 });
  await make('c10', { priceMinor: 1000 });
  // Half price, but only in the past or the future; and now.
  await make('d50', { priceMinor: 5000, salePriceMinor: 500, saleFrom: -3, saleUntil: -2 });
  await make('e20', { priceMinor: 8000, salePriceMinor: 2000, saleFrom: -1, saleUntil: 1 });
  await make('f40', { priceMinor: 9000, salePriceMinor: 4000 });
  await make('y in dollars', { priceMinor: 1, currency: 'USD' });
  await make('x without a price', { priceMinor: null });
  await make('hidden', { priceMinor: 2500, state: 'failed', garments: [makeGarment()] });
});
afterAll(() => server.close());

async function list(sort: string, first: number, filter: object = {}): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await server.query(ITEMS, { sort, first, after, filter });
    expect(errors).toBeUndefined();
    ids.push(...data.items.edges.map(({ node }: { node: { id: string } }) => node.id));
    after = data.items.pageInfo.hasNextPage ? data.items.pageInfo.endCursor : null;
  } while (after);
  return ids;
}
const LAST = ['x without a price', 'y in dollars'];
const RISING = ['c10', 'e20', 'a30', 'b30', 'f40', 'd50', ...LAST];
const FALLING = ['d50', 'f40', 'a30', 'b30', 'e20', 'c10', ...LAST];

describe('the items by price', () => {
  it.each([1, 2, 3, 5, 100])('are listed once each, in pages of %d', async (first) => {
    expect(await list('PRICE_RISING', first)).toEqual(RISING);
    expect(await list('PRICE_FALLING', first)).toEqual(FALLING);
  });

  it('are filtered as in any other order', async () => {
    expect(await list('PRICE_RISING', 2, { minPrice: 20, maxPrice: 40 })).toEqual([
      'e20',
      'a30',
      'b30',
      'f40',
    ]);
    // Between two cents, neither costs as much as the limit.
    expect(await list('PRICE_RISING', 2, { minPrice: 19.996, maxPrice: 29.996 })).toEqual(['e20']);
    expect(await list('PRICE_RISING', 2, { minPrice: 20.001, maxPrice: 30 })).toEqual(['a30', 'b30']);
    expect(await list('NEWEST', 100)).toEqual([
      'x without a price',
      'y in dollars',
      'f40',
      'e20',
      'd50',
      'c10',
      'a30',
      'b30',
    ]);
  });

  it('go on after an item that was deleted meanwhile', async () => {
    await makeItem(server.db, server.shopId, { id: 'g35', priceMinor: 3500 });
    const { data } = await server.query(ITEMS, { sort: 'PRICE_RISING', first: 5 });
    expect(data.items.edges.at(-1).node.id).toBe('g35');
    await server.db.inShop(server.shopId, (tx) => tx.query(`delete from items where id = 'g35'`));
    const after = data.items.pageInfo.endCursor;
    const rest = await server.query(ITEMS, { sort: 'PRICE_RISING', first: 100, after });
    expect(rest.data.items.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual(
      RISING.slice(4),
    );
  });

  it('hold a cursor to their order', async () => {
    const { data } = await server.query(ITEMS, { sort: 'PRICE_RISING', first: 1 });
    const after = data.items.pageInfo.endCursor;
    for (const sort of ['PRICE_FALLING', 'NEWEST']) {
      const { errors } = await server.query(ITEMS, { sort, first: 1, after });
      expect(errors?.[0]?.extensions.code).toBe('INVALID_CURSOR');
    }
  });
});
