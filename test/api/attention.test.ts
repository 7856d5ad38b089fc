import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayOf } from '../../server/insights/kinds.ts';
import { makeItem, makeShop } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await makeTestServer();
});
afterAll(() => server?.close());

const ATTENTION = `{ attention { missedSearches
  failedItems(first: 2) { count isExact items { id failure } }
  unmatchedItems { count isExact items { id failure } } } }`;

it('says what needs a look: items that shoppers do not see, and searches that found nothing close', async () => {
  const shopId = await makeShop(server.db);
  const key = await server.makeKey('merchandiser', shopId);
  const attention = async () => (await server.query(ATTENTION, {}, { key })).data.attention;
  await makeItem(server.db, shopId, { id: 'good' });
  const nothing = { count: 0, isExact: true, items: [] };
  expect(await attention()).toEqual({ missedSearches: 0, failedItems: nothing, unmatchedItems: nothing });

  for (const id of ['f1', 'f2', 'f3']) await makeItem(server.db, shopId, { id, state: 'failed' });
  for (const id of ['bag', 'chosen']) await makeItem(server.db, shopId, { id });
  const run = (text: string, values: unknown[]) => server.db.inShop(shopId, (tx) => tx.query(text, values));
  await run(`update items set failure = 'No image.' where shop_id = $1 and state = 'failed'`, [shopId]);
  await run(`update items set failure = 'Not clothing.' where shop_id = $1 and id in ('bag', 'chosen')`, [
    shopId,
  ]);
  await run(`update garments set chosen = true where shop_id = $1 and item_id = 'chosen'`, [shopId]);
  for (const [day, kind] of [
    [dayOf(Date.now()), 'zero_result'],
    [dayOf(Date.now(), 6), 'low_confidence'],
    [dayOf(Date.now(), 7), 'low_confidence'],
    [dayOf(Date.now()), 'search'],
  ]) {
    await run(`insert into insight_counts values ($1, $2, 'pages', '', $3, '', 5)`, [shopId, day, kind]);
  }
  const found = await attention();
  expect(found).toMatchObject({
    missedSearches: 10,
    failedItems: { count: 3, isExact: true },
    unmatchedItems: { count: 1, items: [{ id: 'bag', failure: 'Not clothing.' }] },
  });
  expect(found.failedItems.items).toHaveLength(2);
  expect(found.failedItems.items[0].failure).toBe('No image.');
});

it('is for the shop’s staff', async () => {
  for (const key of [undefined, await server.makeKey('widget')]) {
    const { errors } = await server.query(ATTENTION, {}, key === undefined ? {} : { key });
    expect(errors![0]!.extensions.code).toBe('FORBIDDEN');
  }
});
