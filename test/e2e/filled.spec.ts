/// <reference lib="dom" />
import type { Page } from '@playwright/test';
import { catalogueItems, expect, searchWithScene, similarItems, test } from './fixtures.ts';

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the catalogue and an item’s page show title, picture, price and a list', async ({ page }) => {
    await page.goto('/items');
    await expect(page).toHaveTitle(/Catalogue/);
    const first = catalogueItems(page).first();
    await expect(first).toContainText(/[€$£]\d/);
    expect(await catalogueItems(page).count()).toBe(24);
    await expect(first.locator('img')).toHaveAttribute('src', /^\/images\//);

    await first.click();
    const title = (await page.getByRole('heading', { level: 1 }).textContent())!;
    await expect(page).toHaveTitle(`${title} · Armoire`);
    await expect(page.getByRole('img', { name: title })).toBeVisible();
    await expect(page.getByRole('article')).toContainText(/[€$£]\d/);
    await expect(similarItems(page).first()).toContainText(/[€$£]\d/);
  });

  test('the filter in an address counts', async ({ page }) => {
    await page.goto('/items?max=0.01');
    await expect(page.getByText('No item with these filters')).toBeVisible();
  });
});

test('pages arrive with their content: the browser asks the API for none of it but outfits', async ({
  page,
}) => {
  const asked = countQueries(page);
  for (const address of ['/', '/items', '/items?stock=1']) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
  }
  expect(asked).toEqual([]);
  await page.goto('/items');
  const link = (await catalogueItems(page).first().getAttribute('href'))!;
  // As their widening would be asked for, should there be few matches.
  await page.goto(`${link}?weaker=1`);
  await expect(similarItems(page).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  // Once they come near the window.
  expect(asked.filter((name) => name !== 'OutfitsAround')).toEqual([]);
});

test('a photo’s page arrives filled too', async ({ page }) => {
  await searchWithScene(page);
  const url = new URL(page.url());
  url.searchParams.set('weaker', '1');
  const asked = countQueries(page);
  await page.goto(url.href);
  await expect(similarItems(page).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(asked).toEqual([]);
});

test('what is not there answers 404, and says so', async ({ page }) => {
  const item = await page.goto('/items/NO-SUCH-ITEM');
  expect(item?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The shop has no such item');
  for (const id of ['no-id', '00000000-0000-4000-8000-000000000000']) {
    const photo = await page.goto(`/photos/${id}`);
    expect(photo?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This photo is no longer here');
  }
  await page.goto('/items');
  const found = await page.goto((await catalogueItems(page).first().getAttribute('href'))!);
  expect(found?.status()).toBe(200);
});

test('an item tells other sites what it is', async ({ page }) => {
  await page.goto('/items');
  await page.goto((await catalogueItems(page).first().getAttribute('href'))!);
  const title = (await page.getByRole('heading', { level: 1 }).textContent())!;
  await expect(page.locator('meta[property="og:title"]')).toHaveAttribute('content', title);
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent())!);
  expect(data).toMatchObject({ '@type': 'Product', name: title, offers: { priceCurrency: 'EUR' } });
  expect(Number(data.offers.price)).toBeGreaterThan(0);
  // Nobody has said where browsers find this server, so that no picture has an address for other sites.
  expect(data.image).toBeUndefined();
});

test('back and forward show the catalogue with all its pages, where it was left', async ({ page }) => {
  await page.goto('/items');
  await page.getByRole('button', { name: 'Load more' }).click();
  const last = catalogueItems(page).nth(25);
  await last.scrollIntoViewIfNeeded();
  const left = await page.evaluate(() => window.scrollY);
  await last.click();
  await expect(page.getByRole('article').first()).toBeVisible();
  const asked = countQueries(page);
  await page.goBack();
  await expect(last).toBeInViewport();
  expect(await page.evaluate(() => window.scrollY)).toBeCloseTo(left, -2);
  await page.goForward();
  await expect(page.getByRole('article').first()).toBeVisible();
  await page.goBack();
  await expect(last).toBeInViewport();
  expect(asked).not.toContain('ItemsPage');
});

test('a reload keeps the pages of the catalogue and the place in them', async ({ page }) => {
  await page.goto('/items');
  await page.getByRole('button', { name: 'Load more' }).click();
  const last = catalogueItems(page).nth(25);
  await last.scrollIntoViewIfNeeded();
  const left = await page.evaluate(() => window.scrollY);
  expect(left).toBeGreaterThan(200);
  await page.reload();
  await expect(last).toBeInViewport();
  expect(await page.evaluate(() => window.scrollY)).toBeCloseTo(left, -2);
});

test('nothing of the catalogue moves while it loads on a telephone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await page.addInitScript(() => {
    Object.assign(window, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[])
        if (!entry.hadRecentInput) (window as unknown as { shift: number }).shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const address of ['/items', '/', `/items/${encodeURIComponent(await firstItem(page))}`]) {
    await page.goto(address);
    await page.waitForLoadState('networkidle');
    const shift = await page.evaluate(() => (window as unknown as { shift: number }).shift);
    expect(shift, address).toBeLessThanOrEqual(0.02);
  }
});

async function firstItem(page: Page): Promise<string> {
  const response = await page.request.post('/graphql', {
    data: { query: '{ items(first: 1) { edges { node { id } } } }' },
  });
  return (await response.json()).data.items.edges[0].node.id;
}

/** The names of the operations that the page's scripts send from now on. */
function countQueries(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (!request.url().endsWith('/graphql')) return;
    const name = /(?:query|mutation) (\w+)/.exec(request.postData() ?? '')?.[1] ?? 'unknown';
    // What was seen is told by and by: it asks for nothing.
    if (name !== 'RecordEvents') asked.push(name);
  });
  return asked;
}
