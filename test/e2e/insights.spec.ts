import type { Page } from '@playwright/test';
import { zipOf } from '../helpers/zip.ts';
import { deleteItems, expect, importFeed, searchWithScene, signIn, similarItems, test } from './fixtures.ts';

/** What the pages report from now on, as "KIND item". */
function watchReports(page: Page): string[] {
  const events: string[] = [];
  page.on('request', (request) => {
    if (!request.url().endsWith('/graphql')) return;
    const sent = request.postData()?.includes('recordEvents') ? request.postDataJSON().variables.events : [];
    for (const { kind, itemId = '' } of sent) events.push(`${kind} ${itemId}`.trim());
  });
  return events;
}

test('a shopper’s matches are reported once they are seen, and when they are opened', async ({ page }) => {
  const events = watchReports(page);
  await searchWithScene(page);
  const first = similarItems(page).first();
  await first.scrollIntoViewIfNeeded();
  const id = decodeURIComponent((await first.getAttribute('href'))!.replace('/items/', ''));
  await first.click();
  await expect(page).toHaveURL(/\/items\//);
  await expect.poll(() => events.filter((event) => event === `OPENED ${id}`)).toHaveLength(1);
  expect(events.filter((event) => event === 'VISITED')).toHaveLength(1);
  expect(events.filter((event) => event.startsWith('SHOWN ')).length).toBeGreaterThan(0);
  const cookies = await page.context().cookies();
  expect(cookies).toEqual([]);
});

test('outfits are reported when they are seen and used', async ({ page }) => {
  const events = watchReports(page);
  await searchWithScene(page);
  await similarItems(page).first().click();
  await expect(page).toHaveURL(/\/items\//);
  await expect(similarItems(page).first()).toBeVisible();
  await page.getByRole('region', { name: 'Complete the look' }).scrollIntoViewIfNeeded();
  const change = page.getByRole('link', { name: /^Change it: / }).first();
  await change.scrollIntoViewIfNeeded();
  await change.click();
  await expect.poll(() => events).toContain('OUTFIT_USED');
  expect(events).toContain('OUTFIT_SHOWN');
});

/** How often each item was opened today. */
async function openedToday(page: Page): Promise<Map<string, number>> {
  const day = new Date().toISOString().slice(0, 10);
  const response = await page.request.post('/graphql', {
    headers: { authorization: `Bearer ${process.env.ARMOIRE_KEY}` },
    data: {
      query: `{ insights(from: "${day}", to: "${day}") { topItems(first: 100) { itemId opened } } }`,
    },
  });
  const { topItems } = (await response.json()).data.insights;
  return new Map(topItems.map(({ itemId, opened }: { itemId: string; opened: number }) => [itemId, opened]));
}

test('what is reported arrives even if the visitor leaves at once', async ({ page }) => {
  const before = await openedToday(page);
  await searchWithScene(page);
  // Not the first: what other tests opened of it may still wait to be counted.
  const match = similarItems(page).nth(3);
  const id = decodeURIComponent((await match.getAttribute('href'))!.replace('/items/', ''));
  await match.click();
  await expect(page).toHaveURL(/\/items\//);
  await page.goto('about:blank');
  await expect.poll(async () => (await openedToday(page)).get(id) ?? 0).toBeGreaterThan(before.get(id) ?? 0);
});

test('insights show the numbers as charts and as tables, by period, and as CSV', async ({ page }) => {
  await searchWithScene(page);
  await expect(similarItems(page).first()).toBeVisible();
  await page.goto('about:blank');
  await signIn(page, '/manage/insights');
  const searches = page.getByRole('region', { name: 'Photos and searches', exact: true });
  await expect(searches.locator('svg.recharts-surface')).toBeVisible();
  await searches.getByText('Numbers').click();
  const today = searches.getByRole('row').last();
  await expect(today.getByRole('cell').first()).not.toHaveText('0');
  await expect(searches.getByRole('row')).toHaveCount(31);
  await page.getByLabel('Week').click();
  await expect(page).toHaveURL(/days=7/);
  await expect(searches.getByRole('row')).toHaveCount(8);
  await page.reload();
  await expect(page.getByLabel('Week')).toBeChecked();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Counts (CSV)' }).click();
  expect((await download).suggestedFilename()).toMatch(/^counts-[\d-]+\.csv$/);
});

test('staff who are signed in are not reported', async ({ page }) => {
  await signIn(page);
  const events = watchReports(page);
  await searchWithScene(page);
  await similarItems(page).first().scrollIntoViewIfNeeded();
  await similarItems(page).first().click();
  await expect(page).toHaveURL(/\/items\//);
  await page.waitForTimeout(2500);
  expect(events).toEqual([]);
});

test('the chart library comes with this page alone', async ({ page }) => {
  const withCharts: string[] = [];
  page.on('response', async (response) => {
    if (!response.url().endsWith('.js')) return;
    const text = await response.text().catch(() => '');
    if (text.includes('recharts')) withCharts.push(response.url());
  });
  await page.goto('/items');
  await page.waitForLoadState('networkidle');
  await signIn(page, '/manage/rules');
  await page.waitForLoadState('networkidle');
  expect(withCharts).toEqual([]);
  await page.goto('/manage/insights');
  await expect.poll(() => withCharts).not.toEqual([]);
});

test('the overview shows the last import and what needs a look, with the ways there', async ({ page }) => {
  const id = 'unreadable-1';
  const feed = `id,title,image_link\n${id},A coat that fails,a.png\n`;
  const buffer = await zipOf({ 'feed.csv': feed, 'a.png': Buffer.from('not a picture') });
  await signIn(page, '/manage/imports');
  await importFeed(page, { name: 'failing.zip', mimeType: 'application/zip', buffer });
  await expect(page.getByRole('heading', { level: 1, name: 'failing.zip' })).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 60_000 });
  await page.goto('/manage');
  const section = page.getByRole('region', { name: 'Worth a look' });
  await expect(section.getByRole('link', { name: 'failing.zip' })).toBeVisible();
  await section.getByText(/could not be read$/).click();
  await section.getByRole('link', { name: /A coat that fails/ }).click();
  await expect(page).toHaveURL(new RegExp(`/items/${id}`));
  await deleteItems(page, [id]);
});
