import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeItem } from '../helpers/factories.ts';
import { makeTestServer, STANDS_STILL, type TestServer } from '../helpers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await makeTestServer({
    clock: STANDS_STILL,
    environment: { SEARCHES_PER_MINUTE: '2', TRUST_PROXY: '1' },
    pages: (answerFor) => async (request, response) => {
      const answer = await answerFor(request)({ query: String(request.query.ask), variables: {} });
      response.json(answer);
    },
  });
  await makeItem(server.db, server.shopId, { id: 'a' });
  await makeItem(server.db, server.shopId, { id: 'failed', state: 'failed' });
});
afterAll(() => server.close());

/** A page that asks this on the server, for a browser at this address. */
async function page(ask: string, address: string, key?: string) {
  const response = await fetch(`${server.url}/items?ask=${encodeURIComponent(ask)}`, {
    headers: { 'x-forwarded-for': address, ...(key && { authorization: `Bearer ${key}` }) },
  });
  return (await response.json()) as { status: number; body: Awaited<ReturnType<TestServer['query']>> };
}

it('a page asks the API in the server itself, and gets what HTTP would give', async () => {
  const ask = '{ item(id: "a") { id price { amount } } none: item(id: "b") { id } }';
  const { status, body } = await page(ask, '192.0.2.1');
  const { data } = await server.query(ask);
  expect(status).toBe(200);
  expect(body.data).toEqual(data);
});

it('what a page asks counts to the limits of the client that it is for', async () => {
  const ask = '{ similarItems(to: {itemId: "a"}) { edges { cursor } } }';
  const asked = [];
  for (let i = 0; i < 3; i++) asked.push(await page(ask, '192.0.2.2'));
  expect(asked.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(asked[2]?.body.errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
  expect((await page(ask, '192.0.2.3')).status).toBe(200);
});

it('a page shows what everybody may see, whoever asks for it', async () => {
  const key = await server.makeKey('merchandiser');
  const ask = '{ item(id: "failed") { id } }';
  expect((await server.query(ask, {}, { key })).data.item).toEqual({ id: 'failed' });
  expect((await page(ask, '192.0.2.4', key)).body.data.item).toBeNull();
});
