import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { drawDemoFeed, type FeedItem } from '../../server/demo/feed.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { zipOf } from '../helpers/zip.ts';
import { seriousViolations } from './axe.ts';
import { answer, expect, importFeed, sidewaysScroll, signIn, test } from './fixtures.ts';

/** Drawn items, one of shoes, and one whose picture cannot be read. */
const DRAWN = ['STOCK-1', 'STOCK-2', 'STOCK-3', 'STOCK-4'];
const SHOES = 'STOCK-5';
const BROKEN = 'STOCK-6';
const ALL = [...DRAWN, SHOES, BROKEN];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  const page = await browser.newPage({ baseURL: process.env.ARMOIRE_URL as string });
  await signIn(page, '/manage/imports');
  const pictures: Record<string, Buffer> = {
    'shoes.png': await drawPicture({ color: 'olive' }),
    'broken.png': Buffer.from('This is no picture.'),
  };
  const rows: object[] = [];
  for await (const { row, image } of drawDemoFeed({
    seed: 31,
    count: DRAWN.length,
  }) as AsyncGenerator<FeedItem>) {
    const id = DRAWN[rows.length]!;
    pictures[`${id}.webp`] = image;
    rows.push({ ...row, id, brand: 'Stockholm', image_link: `${id}.webp`, item_group_id: undefined });
  }
  rows.push({ id: SHOES, title: 'Canvas boots', image_link: 'shoes.png', price: '70.00 EUR' });
  rows.push({ id: BROKEN, title: 'A coat unseen', image_link: 'broken.png', price: '90.00 EUR' });
  const feed = rows.map((row) => JSON.stringify(row)).join('\n');
  const buffer = await zipOf({ ...pictures, 'feed.jsonl': feed });
  await importFeed(page, { name: 'stock.zip', mimeType: 'application/zip', buffer });
  await expect(page.getByRole('heading', { level: 1, name: 'stock.zip' })).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 180_000 });
  await page.close();
});

test.afterAll(async ({ browser }) => {
  const page = await browser.newPage({ baseURL: process.env.ARMOIRE_URL as string });
  await page.request.post('/graphql', {
    headers: { authorization: `Bearer ${process.env.ARMOIRE_KEY}` },
    data: { query: 'mutation ($ids: [ID!]!) { deleteItems(ids: $ids) }', variables: { ids: ALL } },
  });
  await page.close();
});

const rows = (page: Page) => page.getByRole('table', { name: 'Items' }).locator('tbody tr');
const row = (page: Page, id: string) => rows(page).filter({ hasText: id });
const box = (page: Page, id: string): Locator => row(page, id).getByRole('checkbox');
const search = (page: Page) => page.getByRole('searchbox', { name: 'Id, title or brand' });
const show = (page: Page) => page.getByRole('combobox', { name: 'Show' });

async function setCategory(bar: Locator, category: string): Promise<void> {
  await bar.getByRole('combobox', { name: 'Category' }).selectOption(category);
  await bar.getByRole('button', { name: 'Set the category' }).click();
}

async function openStock(page: Page, query = '?text=stock-'): Promise<void> {
  await signIn(page, `/manage/items${query}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Items' })).toBeVisible();
}

test('items are found by id, title and brand, and by what is wrong with them', async ({ page }) => {
  await openStock(page, '');
  await search(page).fill('stock-');
  await expect(rows(page)).toHaveCount(ALL.length);
  await expect(page).toHaveURL(/text=stock-/);
  await search(page).fill('canv');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('Canvas boots');
  await search(page).fill('STOCKHOLM');
  await expect(rows(page)).toHaveCount(DRAWN.length);
  // Each has its picture.
  await expect(rows(page).locator('img')).toHaveCount(DRAWN.length);

  await search(page).fill('stock-');
  await expect(rows(page)).toHaveCount(ALL.length);
  await show(page).selectOption('Not matched');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText(SHOES);
  await expect(rows(page)).toContainText('outside of the 13 categories');
  await show(page).selectOption('Could not be read');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText(BROKEN);

  await search(page).fill('nothing of this kind');
  await expect(page.getByRole('heading', { name: 'There are none of these' })).toBeVisible();
  await page.getByRole('button', { name: 'Show all items' }).click();
  await expect(rows(page).nth(ALL.length)).toBeVisible();
});

test('the address keeps what is shown, through back, forward and a reload', async ({ page }) => {
  await openStock(page);
  await expect(rows(page)).toHaveCount(ALL.length);
  await show(page).selectOption('Not matched');
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Order' }).selectOption('By id');
  await expect(page).toHaveURL(/show=NOT_MATCHED.*order=ID|order=ID.*show=NOT_MATCHED/);
  await page.goBack();
  await page.goBack();
  await expect(show(page)).toHaveValue('ALL');
  await expect(rows(page)).toHaveCount(ALL.length);
  await page.goForward();
  await expect(show(page)).toHaveValue('NOT_MATCHED');
  await expect(rows(page)).toHaveCount(1);
  await page.reload();
  await expect(show(page)).toHaveValue('NOT_MATCHED');
  await expect(search(page)).toHaveValue('stock-');
  await expect(rows(page)).toHaveCount(1);
});

test('categories narrow the list by a press on their words, and the order is followed', async ({ page }) => {
  await openStock(page, '?text=stockholm&order=ID');
  await expect(rows(page)).toHaveCount(DRAWN.length);
  for (const [at, id] of DRAWN.entries()) await expect(rows(page).nth(at)).toContainText(id);
  const cell = (await row(page, 'STOCK-1').locator('td').nth(2).textContent()) ?? '';
  const category = cell.replace(/\d+% sure|set by hand|whole picture/, '');
  await page.locator('summary', { hasText: 'Category' }).click();
  await page.getByRole('group', { name: 'Category' }).getByText(category, { exact: true }).click();
  await expect(row(page, 'STOCK-1')).toHaveCount(1);
  for (const other of await rows(page).locator('td:nth-child(3)').all())
    await expect(other).toContainText(category);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: `Remove the filter ${category}` }).click();
  await expect(rows(page)).toHaveCount(DRAWN.length);

  const mixed = page.getByText('These prices are in several currencies');
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('StockPage')) return route.fallback();
    const response = await route.fetch();
    const body = await response.json();
    for (const [at, { node }] of body.data.catalogue.items.edges.entries())
      node.price = { amount: '5.00', currency: at === 0 ? 'USD' : 'EUR' };
    await route.fulfill({ response, json: body });
  });
  await page.getByRole('searchbox', { name: 'Id, title or brand' }).fill('');
  await expect(page).not.toHaveURL(/text=/);
  await page.getByLabel('Order').selectOption('Cheapest first');
  await expect(mixed).toBeVisible();
  await page.getByLabel('Order').selectOption('By id');
  await expect(mixed).toHaveCount(0);
});

test('a list that cannot be loaded says so, and can be tried again', async ({ page }) => {
  await signIn(page);
  let isDown = true;
  await page.route('**/graphql', (route) =>
    isDown && route.request().postData()?.includes('StockPage') ? route.abort() : route.fallback(),
  );
  await page
    .getByRole('navigation', { name: 'Manage' })
    .getByRole('link', { name: 'Items', exact: true })
    .click();
  const failure = page.getByRole('main').getByRole('alert');
  await expect(failure).toBeVisible({ timeout: 60_000 });
  isDown = false;
  await failure.getByRole('button', { name: 'Try again' }).click();
  await expect(rows(page).first()).toBeVisible();
});

test('the filtered list is taken away as CSV', async ({ page }) => {
  await openStock(page);
  await expect(rows(page)).toHaveCount(ALL.length);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^items-.*\.csv$/);
  const lines = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(ALL);
});

test('an import leads to its items', async ({ page }) => {
  await signIn(page, '/manage/imports');
  await page.getByRole('link', { name: 'stock.zip' }).click();
  await page.getByRole('link', { name: 'See its items' }).click();
  await expect(rows(page)).toHaveCount(ALL.length);
  await expect(page.getByRole('button', { name: 'Remove the filter From stock.zip' })).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: 'The one that could not be read' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText(BROKEN);
});

test('categories are set together and taken back', async ({ page }) => {
  await openStock(page);
  await box(page, 'STOCK-1').check();
  // As in other lists: with Shift, all between the two.
  await box(page, 'STOCK-3').click({ modifiers: ['Shift'] });
  const chosen = await rows(page)
    .filter({ has: page.locator('input:checked') })
    .count();
  const bar = page.getByRole('region', { name: 'Selected items' });
  await expect(bar).toContainText(`${chosen} items selected`);
  const before = await row(page, 'STOCK-1').locator('td').nth(2).textContent();
  await setCategory(bar, 'Sling dress');
  await expect(bar.getByRole('status')).toContainText(`${chosen} items kept as sling dress now`);
  await expect(row(page, 'STOCK-1')).toContainText('Sling dress');
  await expect(row(page, 'STOCK-1')).toContainText('set by hand');
  // What is selected meanwhile stays so.
  await bar.getByRole('button', { name: 'Clear the selection' }).click();
  await box(page, 'STOCK-2').check();
  await bar.getByRole('button', { name: 'Undo' }).click();
  await expect(bar.getByRole('status')).toContainText(`${chosen} items as before`);
  await expect(bar).toContainText('1 item selected');
  await expect.poll(() => row(page, 'STOCK-1').locator('td').nth(2).textContent()).toBe(before);
});

test('what cannot be changed says why, and undo outlives an emptied list', async ({ page }) => {
  await openStock(page, '?text=stock-&show=FAILED');
  await page.getByText('Select all 1 shown').click();
  const bar = page.getByRole('region', { name: 'Selected items' });
  await setCategory(bar, 'Skirt');
  await expect(bar).toContainText('1 item left as it was: The item is not parsed yet.');

  await show(page).selectOption('Not matched');
  await expect(rows(page)).toHaveCount(1);
  await page.getByText('Select all 1 shown').click();
  await setCategory(bar, 'Skirt');
  await expect(page.getByRole('heading', { name: 'There are none of these' })).toBeVisible();
  await bar.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, SHOES)).toBeVisible();
});

test('the view of an item tells what was seen in each picture, and why it is matched', async ({ page }) => {
  await openStock(page);
  await row(page, 'STOCK-1').getByRole('link').click();
  await expect(page).toHaveURL(/\/manage\/items\/STOCK-1/);
  const seen = page.getByRole('region', { name: 'What the parser saw' });
  await expect(seen.getByRole('img', { name: /^Picture 1 of / })).toBeVisible();
  const garment = seen.getByRole('radio', { checked: true });
  await expect(garment).toHaveAccessibleName(/Matched.*% sure · .*% of the picture/s);
  await expect(seen.locator('svg [data-chosen] path').first()).toBeAttached();
  expect(await seriousViolations(page)).toEqual([]);
  await page.goBack();
  await expect(rows(page)).toHaveCount(ALL.length);

  await row(page, SHOES).getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Searches do not find it' })).toBeVisible();
  const ask = (query: string) =>
    page.request.post('/graphql', {
      headers: { authorization: `Bearer ${process.env.ARMOIRE_KEY}` },
      data: { query, variables: { ids: [SHOES] } },
    });
  const isGone = page.getByRole('heading', { level: 1, name: 'The shop has no such item' });
  for (const act of [
    () => page.getByRole('button', { name: 'Look at the pictures again' }).click(),
    () => page.getByLabel('It is clothing after all').selectOption('Skirt'),
  ]) {
    await expect(page.getByRole('heading', { name: 'For merchandisers' })).toBeVisible();
    await ask('mutation ($ids: [ID!]!) { deleteItems(ids: $ids, keep: true) }');
    await act();
    await expect(isGone).toBeVisible();
    await ask('mutation ($ids: [ID!]!) { restoreItems(ids: $ids) }');
    await page.reload();
  }
  await page.goto('/manage/items/there-is-none');
  await expect(isGone).toBeVisible();
});

test('everything can be done by the keyboard alone', async ({ page }) => {
  await openStock(page);
  await expect(rows(page)).toHaveCount(ALL.length);
  await search(page).focus();
  const isOn = (locator: Locator) => locator.evaluate((node) => node === document.activeElement);
  const tabTo = async (locator: Locator, press = 'Tab') => {
    for (let presses = 0; presses < 40; presses++) {
      if (await isOn(locator)) return;
      await page.keyboard.press(press);
    }
    throw new Error('The Tab key does not come there.');
  };
  await tabTo(page.getByRole('checkbox', { name: 'Select all 6 shown' }));
  await page.keyboard.press('Space');
  await expect(page.getByText('6 items selected')).toBeVisible();
  await tabTo(box(page, 'STOCK-2'));
  await page.keyboard.press('Space');
  await expect(page.getByText('5 items selected')).toBeVisible();
  await tabTo(page.getByRole('button', { name: 'Delete…' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Delete 5 items?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Delete…' })).toBeFocused();
  await tabTo(page.getByRole('button', { name: 'Clear the selection' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Selected items' })).toHaveCount(0);
});

test('it works on a telephone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await openStock(page);
  await expect(rows(page)).toHaveCount(ALL.length);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await box(page, 'STOCK-4').check();
  const bar = page.getByRole('region', { name: 'Selected items' });
  await expect(bar.getByRole('button', { name: 'Delete…' })).toBeInViewport();
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  expect(await seriousViolations(page)).toEqual([]);
  await bar.getByRole('button', { name: 'Clear the selection' }).click();
  await row(page, 'STOCK-1').getByRole('link').click();
  await expect(page.getByRole('region', { name: 'What the parser saw' })).toBeVisible();
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
});

test('several are deleted after one question, and come back with pictures and garments', async ({ page }) => {
  await openStock(page);
  await expect(rows(page)).toHaveCount(ALL.length);
  const listed = () => rows(page).evaluateAll((all) => all.map((one) => one.textContent));
  const before = await listed();
  await page.getByText('Select all 6 shown').click();
  await box(page, 'STOCK-2').uncheck();
  const bar = page.getByRole('region', { name: 'Selected items' });
  await bar.getByRole('button', { name: 'Delete…' }).click();
  await answer(page, 'Delete 5 items');
  await expect(bar.getByRole('status')).toContainText('5 items deleted.');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('STOCK-2');

  // What could not be brought back is not given up.
  let isDown = true;
  await page.route('**/graphql', (route) =>
    isDown && route.request().postData()?.includes('restoreItems') ? route.abort() : route.fallback(),
  );
  await bar.getByRole('button', { name: 'Undo' }).click();
  await expect(bar.getByRole('alert')).toContainText('0 items brought back.');
  isDown = false;
  await bar.getByRole('button', { name: 'Undo' }).click();
  await expect(bar.getByRole('status')).toContainText('5 items brought back.');
  await expect.poll(listed).toEqual(before);
  const picture = row(page, 'STOCK-3').locator('img');
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  await row(page, 'STOCK-3').getByRole('link').click();
  const seen = page.getByRole('region', { name: 'What the parser saw' });
  await expect(seen.getByRole('radio', { checked: true })).toHaveAccessibleName(/Matched/);
});
