import { catalogueItems, expect, test } from './fixtures.ts';

test('a page that nobody touches asks the server nothing', async ({ page }) => {
  await page.clock.install();
  await page.goto('/items');
  await expect(catalogueItems(page).first()).toBeVisible();
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/graphql')) asked += 1;
  });
  await page.clock.runFor(120_000);
  expect(asked).toBe(0);
});

test('a browser that asks for /favicon.ico gets one', async ({ page }) => {
  const response = await page.request.get('/favicon.ico');
  expect(response.status()).toBe(200);
  expect(response.headers()['content-type']).toMatch(/^image\//);
});
