/// <reference lib="dom" />
import type { Page } from '@playwright/test';
import {
  catalogueItems,
  expect,
  managePages,
  searchWithScene,
  signIn,
  similarItems,
  test,
} from './fixtures.ts';

/** Whether each script of the document that the server sends has the nonce of the policy that comes with it. */
async function checkDocument(page: Page, address: string): Promise<void> {
  const response = await page.request.get(address);
  const policy = response.headers()['content-security-policy'] ?? '';
  const [, nonce] = /script-src 'nonce-([^']+)' 'strict-dynamic';/.exec(policy) ?? [];
  expect(nonce, address).toBeTruthy();
  const scripts = ((await response.text()).match(/<script\b[^>]*>/g) ?? []).filter(
    (tag) => !tag.includes('application/ld+json'),
  );
  expect(scripts.length, address).toBeGreaterThan(5);
  expect(
    scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
    address,
  ).toEqual([]);
}

/** Writes into the next page as an attacker would who found a hole in it. */
async function inject(page: Page, html: string): Promise<void> {
  await page.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document') return route.fallback();
    const response = await route.fetch();
    const body = (await response.text()).replace(/<body[^>]*>/, (tag) => tag + html);
    await route.fulfill({ response, body });
  });
}

const ran = (page: Page) => page.evaluate(() => Reflect.get(window, 'injected'));

// The fixture of every test looks for reports of the browser that the policy was violated.
test('no page does what its policy forbids, and none allows scripts because they are inline', async ({
  page,
}) => {
  const seen: string[] = [];
  const check = async (address: string) => {
    await checkDocument(page, address);
    seen.push(address);
  };
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await check('/');
  await searchWithScene(page);
  await expect(similarItems(page).first()).toBeVisible();
  await check(page.url());
  await page.getByRole('button', { name: 'Enlarge' }).click();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  // The zoom library's own sheet counts.
  await expect(page.locator('[class*="transform-component"]').first()).toHaveCSS('overflow', 'hidden');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await similarItems(page).first().click();
  await expect(page).toHaveURL(/\/items\//);
  await expect(similarItems(page).first()).toBeVisible();
  await check(page.url());
  await page.reload();
  await page.getByRole('region', { name: 'Complete the look' }).scrollIntoViewIfNeeded();
  await page
    .getByRole('list', { name: 'Outfits' })
    .getByRole('link', { name: /^Change it: / })
    .first()
    .click();
  await expect(page.getByRole('list', { name: 'More ideas' })).toBeVisible();
  await check(page.url());
  await page.reload();
  await page.goto('/items');
  await expect(catalogueItems(page).first()).toBeVisible();
  await check('/items');
  for (const missing of [
    '/nowhere',
    '/items/nowhere',
    '/photos/nowhere',
    '/outfits/nowhere',
    '/_global-error',
  ]) {
    expect((await page.goto(missing))?.status(), missing).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await check(missing);
  }
  expect(seen.length).toBe(10);
});

test('nor does one of the merchandisers’', async ({ page }) => {
  await signIn(page);
  for await (const address of managePages(page)) await checkDocument(page, address);
  await page.goto('/manage/looks/new');
  // A library that adds a sheet of its own.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a page that fails in the browser says so without breaking its policy', async ({ page }) => {
  await page.goto('/items');
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    // Titles are texts, so the tiles cannot be shown.
    const body = (await response.text()).replace(/"title":"[^"]*"/g, '"title":{"no":"text"}');
    await route.fulfill({ response, body });
  });
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect(page.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible();
});

test('a script that was put into a page does not run, and the page’s own do', async ({
  browser,
  baseURL,
}) => {
  // A page that the fixture does not watch: its browser has to report something.
  const page = await browser.newPage({ baseURL: baseURL! });
  const reports: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) reports.push(message.text());
  });
  const earlier = (await page.request.get('/items')).headers()['content-security-policy'] ?? '';
  const nonce = /'nonce-([^']+)'/.exec(earlier)?.[1];
  expect(nonce).toBeTruthy();
  await page.route('**/injected.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'window.injected = true' }),
  );
  const attacks = [
    '<script>window.injected = true</script>',
    `<script nonce="${nonce}">window.injected = true</script>`,
    '<script src="/injected.js"></script>',
    '<img src="/nowhere.png" onerror="window.injected = true" alt="">',
    '<iframe srcdoc="<script>parent.injected = true</script>"></iframe>',
  ];
  for (const [index, attack] of attacks.entries()) {
    await page.unroute('**/*');
    await inject(page, attack);
    await page.goto('/items');
    // Only the page's own scripts make it close a menu.
    const menu = page.locator('details', { has: page.getByText('Category', { exact: true }) });
    await menu.locator('summary').click();
    await expect(menu).toHaveAttribute('open');
    await page.keyboard.press('Escape');
    await expect(menu).not.toHaveAttribute('open');
    await expect.poll(() => reports.length, { message: attack }).toBeGreaterThan(index);
    expect(await ran(page), attack).toBeUndefined();
  }
  await page.close();
});
