/// <reference lib="dom" />
import type { Page, Request } from '@playwright/test';
import { seriousViolations } from './axe.ts';
import { expect, scenePath, signIn, test } from './fixtures.ts';
import { openShop, type ShopPage } from './shop.ts';

let shop: ShopPage;
let key: string;
let keyId: string;
let item: string;
let title: string;

test.beforeAll(async ({ playwright }) => {
  const api = process.env.ARMOIRE_URL!;
  shop = await openShop(api);
  const request = await playwright.request.newContext({ baseURL: api });
  const ask = async (query: string) => {
    const headers = { authorization: `Bearer ${process.env.ARMOIRE_KEY}` };
    const { data, errors } = await (await request.post('/graphql', { headers, data: { query } })).json();
    expect(errors).toBeUndefined();
    return data;
  };
  const made = await ask(
    'mutation { createKey(role: WIDGET, label: "Shop page", domains: ["localhost"]) { key details { id } } }',
  );
  ({ key } = made.createKey);
  keyId = made.createKey.details.id;
  const { items } = await ask(
    `{ items(first: 26) { edges { node { itemId title outfits(count: 1) { outfits { id } } similarItems(first: 2) { edges { cursor } } } } } }`,
  );
  ({ itemId: item, title } = items.edges.find(
    // biome-ignore lint/suspicious/noExplicitAny: an answer of the API.
    ({ node }: any) => node.outfits.outfits.length > 0 && node.similarItems.edges.length > 1,
  ).node);
  await request.dispose();
});
test.afterAll(() => shop?.close());

const pageOf = (given: Record<string, string> = {}, at = shop.url) =>
  `${at}?${new URLSearchParams({ item, key, ...given })}`;

interface Told {
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: each event has another detail.
  detail: any;
}

/** Collects what the widgets tell the page, and how much of it moves by itself. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const told: { name: string; detail: unknown }[] = [];
    const shifts: number[] = [];
    Object.assign(window, { told, shifts });
    for (const name of ['view', 'click', 'empty', 'error']) {
      document.addEventListener(`armoire:${name}`, (event) => {
        told.push({ name, detail: (event as CustomEvent).detail });
        if (name === 'click') event.preventDefault();
      });
    }
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { hadRecentInput: boolean; value: number }[]) {
        if (!entry.hadRecentInput) shifts.push(entry.value);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}
const told = (page: Page) => page.evaluate(() => Reflect.get(window, 'told') as Told[]);
const shifts = (page: Page) => page.evaluate(() => Reflect.get(window, 'shifts') as number[]);
const isOfApi = (request: Request) => new URL(request.url()).pathname === '/graphql';

/** All at once, so that the answer comes when the lists are in view. */
const scrollToLists = (page: Page) =>
  page.evaluate(() => document.querySelector('armoire-similar')!.scrollIntoView());

test('a shop’s page on another origin shows similar items and outfits, and finds by photo', async ({
  page,
}) => {
  await watch(page);
  const requests: Request[] = [];
  const events: string[] = [];
  page.on('request', (request) => {
    if (!isOfApi(request)) return;
    if (request.method() === 'GET') requests.push(request);
    const sent = request.postData()?.includes('recordEvents') ? request.postDataJSON().variables.events : [];
    for (const { kind, itemId = '' } of sent) events.push(`${kind} ${itemId}`.trim());
  });
  // The demo's items have no pages of their own.
  await page.route('**/graphql?*', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('"link":null', `"link":"${shop.url}of-the-item"`);
    await route.fulfill({ response, body });
  });
  await page.goto(pageOf());
  await page.waitForLoadState('networkidle');
  // Far below the view, nothing is asked and nothing is seen or heard; but the room is kept.
  expect(requests).toEqual([]);
  await expect(page.getByRole('list')).toHaveCount(0);
  const room = (await page.locator('armoire-similar').boundingBox())!.height;
  expect(room).toBeGreaterThan(200);

  await scrollToLists(page);
  const similar = page.locator('armoire-similar').getByRole('list', { name: 'Similar items' });
  const outfits = page.locator('armoire-outfits').getByRole('list', { name: 'Complete the look' });
  await expect(similar.getByRole('listitem').first()).toBeInViewport();
  await expect(outfits.getByRole('listitem').first()).toBeVisible();
  await expect(similar.locator('img').first()).toHaveJSProperty('complete', true);
  expect((await page.locator('armoire-similar').boundingBox())!.height).toBe(room);
  // Both in one, which needs no leave beforehand and tells nothing of the visitor.
  expect(requests).toHaveLength(1);
  expect(new URL(requests[0]!.url()).searchParams.get('documentId')).toMatch(/^sha256:/);
  const headers = await requests[0]!.allHeaders();
  expect([headers.authorization, headers.cookie]).toEqual([undefined, undefined]);
  expect(await page.context().cookies()).toEqual([]);

  const first = similar.getByRole('link').first();
  await first.focus();
  await page.keyboard.press('Enter');
  const all = await told(page);
  expect(all).toContainEqual({
    name: 'click',
    detail: { widget: 'similar', of: item, item: expect.any(String), link: `${shop.url}of-the-item` },
  });
  expect(all.filter(({ name }) => name === 'view').length).toBeGreaterThan(0);
  await expect.poll(() => events.filter((event) => event === 'VISITED')).toHaveLength(1);
  await expect.poll(() => events.some((event) => event.startsWith('SHOWN '))).toBe(true);
  expect(events.filter((event) => event.startsWith('CLICKED_OUT '))).toHaveLength(1);
  await page.locator('armoire-outfits').scrollIntoViewIfNeeded();
  await expect.poll(async () => (await told(page)).some(({ detail }) => detail.outfit)).toBe(true);
  expect(await shifts(page)).toEqual([]);
  expect(await seriousViolations(page)).toEqual([]);

  await page.evaluate(() => scrollTo(0, 0));
  const loaded = page.waitForResponse((response) => response.url().includes('/widget/photo-view-'));
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Search by photo' }).click();
  await (await chooser).setFiles(scenePath());
  await loaded;
  const dialog = page.getByRole('dialog', { name: 'Garments in your photo' });
  const garments = dialog.getByRole('group', { name: 'Garments in your photo' }).getByRole('button');
  await expect(garments.first()).toHaveAttribute('aria-pressed', 'true');
  await expect(dialog.locator('path')).toHaveCount(await garments.count());
  const matches = dialog.getByRole('listitem');
  // The shop is small: not every garment has a match.
  await expect(async () => {
    for (const garment of (await garments.all()).reverse()) {
      await garment.click();
      await expect(garment).toHaveAttribute('aria-pressed', 'true');
      await expect(matches.first().or(dialog.getByText('Nothing close'))).toBeVisible();
      if ((await matches.count()) > 0) return;
    }
    throw new Error('No garment has a match.');
  }).toPass();
  expect(await seriousViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // A visit may begin with a photo, on a page whose lists nobody comes to.
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(pageOf());
  events.length = 0;
  const another = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Search by photo' }).click();
  await (await another).setFiles(scenePath());
  await expect.poll(() => events.filter((event) => event === 'VISITED')).toHaveLength(1);
});

test('what is refused or not reached leaves the shop’s own content', async ({ page }) => {
  await watch(page);
  const fallback = page.getByRole('link', { name: 'New in the shop' });
  const errorOf = async (address: string) => {
    await page.goto(address);
    await scrollToLists(page);
    await expect(fallback).toBeVisible();
    const errors = (await told(page)).filter(
      ({ name, detail }) => name === 'error' && detail.widget === 'similar',
    );
    return errors.map(({ detail }) => detail.code);
  };
  expect(await errorOf(pageOf({}, shop.otherUrl))).toEqual(['FORBIDDEN']);
  expect(await errorOf(pageOf({ key: `armw_${'x'.repeat(43)}` }))).toEqual(['UNAUTHENTICATED']);
  expect(await errorOf(pageOf({ item: 'of-nobody' }))).toEqual(['NOT_FOUND']);
  await page.route('**/graphql?*', (route) => route.abort());
  expect(await errorOf(pageOf())).toEqual(['UNREACHABLE']);
  await page.unroute('**/graphql?*');
  await page.route('**/widget/armoire.js?*', (route) => route.abort());
  expect(await errorOf(pageOf())).toEqual([]);
  await page.unroute('**/widget/armoire.js?*');

  // In the language of the page; then the key is revoked.
  await page.goto(pageOf({ lang: 'de-AT' }));
  await scrollToLists(page);
  await expect(page.getByRole('list', { name: 'Ähnliche Artikel' })).toBeVisible();
  const revoked = await page.request.post(`${process.env.ARMOIRE_URL}/graphql`, {
    headers: { authorization: `Bearer ${process.env.ARMOIRE_KEY}` },
    data: { query: `mutation { revokeKey(id: "${keyId}") { id } }` },
  });
  expect((await revoked.json()).errors).toBeUndefined();
  // Another address, so that the browser has no answer to it.
  await expect
    .poll(() => errorOf(pageOf({ item: `${item}-` })), { timeout: 60_000 })
    .toEqual(['UNAUTHENTICATED']);
});

test('the studio shows a widget as it will be, and what to copy', async ({ page }) => {
  await signIn(page, '/manage/widgets');
  await page.getByRole('searchbox', { name: 'Shown for' }).fill(title);
  await page
    .getByRole('list', { name: 'Shown for: choices' })
    .getByTitle(title, { exact: true })
    .first()
    .click();
  const snippet = page.getByTestId('snippet');
  await expect(snippet).toContainText('/widget/armoire.js?key=armw_YOUR_KEY');
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(
    preview.getByRole('list', { name: 'Similar items' }).getByRole('listitem').first(),
  ).toBeVisible();
  await page.getByLabel('Rounding: 8 px').fill('20');
  await page.getByLabel('Heading').fill('More like "this"');
  await page.getByLabel('Widget’s key').fill(key);
  await expect(preview.getByRole('heading', { name: 'More like "this"' })).toBeVisible();
  await expect(preview.locator('img').first()).toHaveCSS('border-radius', '20px');
  await expect(snippet).toContainText('--armoire-radius: 20px');
  await expect(snippet).toContainText('heading="More like &quot;this&quot;"');
  await expect(snippet).toContainText(`key=${key}`);
});
