/// <reference lib="dom" />
import { drawDemoFeed, type FeedItem } from '../../server/demo/feed.ts';
import { itemPath } from '../../web/lib/path-id.ts';
import { zipOf } from '../helpers/zip.ts';
import { expect, sidewaysScroll, test } from './fixtures.ts';
import { type RunningServer, startServer } from './server.ts';

const IDS = [
  'plain-1',
  'A B',
  'A%20B',
  'A%2520B',
  'A/1',
  'A%2F1',
  '100%',
  'a?b#c',
  'grün',
  '👗',
  '~20',
  '.',
  '..',
  'a.rsc',
];
/** As shops have them that fill their titles with codes. */
const LONG = 'Superlanguninterruptedproducttitle_'.repeat(6);

let server: RunningServer;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await startServer({ items: 0, env: { DEMO: 'off', DEMO_ITEMS: '1' } });
  const feed = await drawDemoFeed({ seed: 7, count: 1 }).next();
  const { row, image } = feed.value as FeedItem;
  const rows = IDS.map((id) => ({
    ...row,
    id,
    title: `Item (${id})`,
    image_link: 'a.webp',
    item_group_id: undefined,
  }));
  rows.push({
    ...rows[0]!,
    id: 'long',
    title: LONG,
    brand: LONG,
    color: LONG,
    size: LONG,
    product_type: LONG,
    price: '12345678901.99 EUR',
    sale_price: '9999999999.99 EUR',
  } as (typeof rows)[0]);
  await importFeed(
    await zipOf({ 'feed.jsonl': rows.map((one) => JSON.stringify(one)).join('\n'), 'a.webp': image }),
  );
});
test.afterAll(() => server?.stop());

async function importFeed(zip: Buffer): Promise<void> {
  const query = 'mutation ($feed: Upload!) { importCatalogue(feed: $feed) { id } }';
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { feed: null } }));
  form.set('map', JSON.stringify({ 0: ['variables.feed'] }));
  form.set('0', new Blob([new Uint8Array(zip)]), 'feed.zip');
  const headers = { authorization: `Bearer ${server.key}`, 'apollo-require-preflight': 'true' };
  const answer = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: form });
  expect((await answer.json()).errors).toBeUndefined();
  await expect
    .poll(
      async () => {
        const body = JSON.stringify({ query: '{ shop { itemCount pendingCount } }' });
        const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
        return (await (await fetch(`${server.url}/graphql`, asked)).json()).data.shop;
      },
      { timeout: 200_000 },
    )
    .toEqual({ itemCount: IDS.length + 1, pendingCount: 0 });
}

for (const id of IDS) {
  test(`the item ${id} has its page, also at its address as others write it`, async ({ request }) => {
    const own = await request.get(server.url + itemPath(id));
    expect(await own.text()).toContain(`<title>Item (${id}) · Armoire</title>`);
    // Browsers never send the first two, and the third, as others write it, is the address of a space.
    if (['.', '..', '~20'].includes(id)) return;
    const others = await request.get(`${server.url}/items/${encodeURIComponent(id)}`);
    expect(others.url()).toBe(server.url + itemPath(id));
    expect(await others.text()).toContain(`<title>Item (${id}) · Armoire</title>`);
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('every item is listed with an address of its own', async ({ page }) => {
    await page.goto(`${server.url}/items`);
    for (const id of IDS) {
      const link = page.getByRole('link').filter({ hasText: `Item (${id})` });
      await expect(link, id).toHaveAttribute('href', itemPath(id));
    }
  });

  for (const path of [
    '/no-such-page',
    '/items/none',
    '/photos/none',
    '/outfits/none',
    '/items/a/b',
    '/items/~00',
  ]) {
    test(`a page that does not exist says so in its title and text: ${path}`, async ({ page }) => {
      const answer = await page.goto(server.url + path);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page).toHaveTitle(/\S.* · Armoire/);
    });
  }
});

const TREE = 'Next-Router-State-Tree';
for (const headers of [
  { [TREE]: 'garbage' },
  { [TREE]: '%' },
  { [TREE]: '%5B1%5D' },
  { [TREE]: 'x'.repeat(9000) },
  { 'Next-Router-Prefetch': '2' },
  { 'Next-Router-Segment-Prefetch': '../../x' },
  { 'Next-Url': '%' },
]) {
  test(`a header that no page of ours sends is the client's mistake: ${JSON.stringify(headers).slice(0, 60)}`, async ({
    request,
  }) => {
    const { length } = server.output;
    for (const path of ['/', '/items', '/items/none']) {
      const answer = await request.get(server.url + path, { headers: { RSC: '1', ...headers } });
      expect(answer.status(), path).toBe(TREE in headers ? 400 : 200);
    }
    expect(server.output.slice(length)).toEqual([]);
  });
}

test('the framework resizes no pictures', async ({ request }) => {
  const { length } = server.output;
  const answer = await request.get(`${server.url}/_next/image?url=%2Ficon.svg&w=64&q=75`);
  expect(answer.status()).toBe(404);
  expect(server.output.slice(length)).toEqual([]);
});

test('every item is reached by its link in the list', async ({ page }) => {
  for (const id of IDS) {
    await page.goto(`${server.url}/items`);
    await page
      .getByRole('link')
      .filter({ hasText: `Item (${id})` })
      .click();
    await expect(page.getByRole('heading', { level: 1, name: `Item (${id})`, exact: true })).toBeVisible();
    await expect(page).toHaveTitle(`Item (${id}) · Armoire`);
  }
});

test('names without a space in them scroll nothing sideways at 320 pixels', async ({ page }) => {
  const query = 'mutation ($name: String!) { renameShop(name: $name) { name } }';
  const renamed = await page.request.post(`${server.url}/graphql`, {
    headers: { authorization: `Bearer ${server.key}` },
    data: { query, variables: { name: 'متجر'.repeat(25) } },
  });
  expect((await renamed.json()).errors).toBeUndefined();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.addInitScript(
    (session) => sessionStorage.setItem('armoire.session', session),
    JSON.stringify({ key: server.key, role: 'ADMIN', shop: LONG }),
  );
  const paths = [
    '/items',
    '/items/long',
    `/items/plain-1?words=${'a'.repeat(200)}`,
    '/manage',
    '/manage/items',
  ];
  for (const path of [...paths, '/manage/items/long', '/manage/duplicates']) {
    await page.goto(server.url + path);
    await page.waitForLoadState('networkidle');
    expect(await sidewaysScroll(page), path).toBeLessThanOrEqual(0);
  }
});
