import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

vi.setConfig({ testTimeout: 60_000 });

let server: TestServer;
let key: string;
let host: string;
const pictures = createServer(async (_, response) => {
  response.end(await drawPicture({ color: '#aa3322' }));
});
beforeAll(async () => {
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  server = await makeTestServer({ worker: true, environment: { FETCH_ALLOW_HOSTS: host } });
  key = await server.makeKey('merchandiser');
});
afterAll(async () => {
  await server?.close();
  pictures.close();
});

async function upsert(items: Record<string, unknown>[]) {
  const withPictures = items.map((item) => ({
    title: item.id,
    imageLink: `http://${host}/${item.id}.png`,
    ...item,
  }));
  const { errors } = await server.query(
    'mutation ($items: [ItemInput!]!) { upsertItems(items: $items) { id } }',
    { items: withPictures },
    { key },
  );
  expect(errors).toBeUndefined();
}

async function totals() {
  const { data } = await server.query(
    '{ outfits(to: { itemId: "top" }) { outfits { total { amount } pieces { item { id } } } } }',
  );
  return data?.outfits.outfits.map(({ total }: { total: { amount: string } }) => total.amount) ?? null;
}

it('shows a price and a stock within five seconds of upsertItems', async () => {
  const top = { id: 'top', productType: 'short sleeve top', price: '10.00 EUR' };
  const skirt = { id: 'skirt', productType: 'skirt', price: '20.00 EUR' };
  await upsert([top, skirt]);
  await expect.poll(totals, { timeout: 30_000 }).toEqual(['30.00']);
  await upsert([{ ...skirt, price: '25.50 EUR' }]);
  await expect.poll(totals, { timeout: 5_000 }).toEqual(['35.50']);
  await upsert([{ ...skirt, price: '25.50 EUR', availability: 'OUT_OF_STOCK' }]);
  await expect.poll(totals, { timeout: 5_000 }).toEqual([]);
  await upsert([{ ...skirt, price: '25.50 EUR', salePrice: '5.00 EUR', availability: 'IN_STOCK' }]);
  await expect.poll(totals, { timeout: 5_000 }).toEqual(['15.00']);
});
