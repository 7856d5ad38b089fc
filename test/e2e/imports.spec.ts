import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { drawPicture } from '../helpers/pictures.ts';
import { zipOf } from '../helpers/zip.ts';
import { seriousViolations } from './axe.ts';
import { makeFeed, makeItem } from './feeds.ts';
import { answer, deleteItems, expect, importFeed, sidewaysScroll, signIn, test } from './fixtures.ts';

test('a feed is imported, its progress seen, and its broken rows are listed with their reasons', async ({
  page,
}) => {
  await signIn(page, '/manage/imports');
  const buffer = await makeFeed('TRY', 6);
  await importFeed(page, { name: 'autumn.zip', mimeType: 'application/zip', buffer });
  await expect(page.getByRole('heading', { level: 1, name: 'autumn.zip' })).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Import of autumn.zip' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '6 items can be searched' })).toBeVisible({
    timeout: 90_000,
  });
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  const errors = page.getByRole('table').getByRole('row');
  await expect(errors).toHaveCount(4);
  await expect(errors.nth(1)).toContainText('title is missing');
  await expect(errors.nth(3)).toContainText('BROKEN-3');
});

test('what was left out of items is listed apart, by row and column', async ({ page }) => {
  await signIn(page, '/manage/imports');
  const picture = await drawPicture({ color: 'teal' });
  const feed =
    'id,title,image_link,price,availability\n' +
    'WARN-1,A skirt,a.png,1.299 EUR,in stock\n' +
    'WARN-2,A skirt,b.png,12.00 EUR,perhaps\n' +
    'WARN-3,,b.png,12.00 EUR,in stock\n';
  const buffer = await zipOf({ 'feed.csv': feed, 'a.png': picture, 'b.png': picture });
  await importFeed(page, { name: 'doubtful.zip', mimeType: 'application/zip', buffer });
  const state = page.getByRole('status').filter({ hasText: /2 items can be searched.*2 warnings/ });
  await expect(state).toBeVisible({ timeout: 90_000 });
  const warnings = page.getByRole('region', { name: '2 warnings' }).getByRole('row');
  await expect(warnings).toHaveCount(3);
  await expect(warnings.nth(1)).toContainText('"1.299 EUR" may be 1299.00 or 1.299');
  await expect(warnings.nth(1).getByRole('cell').nth(2)).toHaveText('price');
  await expect(warnings.nth(2).getByRole('cell').nth(2)).toHaveText('availability');
  await expect(page.getByRole('region', { name: '1 row left out' }).getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name: 'WARN-1' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'A skirt' })).toBeVisible();
  await page.goto('/manage/imports');
  const listed = page.getByRole('row', { name: /doubtful\.zip/ });
  await expect(listed.getByRole('cell').nth(4)).toHaveText('2');
  await deleteItems(page, ['WARN-1', 'WARN-2']);
});

test('an item that was left out as something else than clothing is taken in by hand', async ({ page }) => {
  await signIn(page, '/manage/imports');
  const picture = await drawPicture({ color: 'olive' });
  const feed = 'id,title,image_link\nNOSHOE-1,Canvas boots,a.png\n';
  const buffer = await zipOf({ 'feed.csv': feed, 'a.png': picture });
  await importFeed(page, { name: 'boots.zip', mimeType: 'application/zip', buffer });
  const warnings = page.getByRole('region', { name: '1 warning' });
  await expect(warnings).toContainText('title says "boots"', { timeout: 90_000 });
  await warnings.getByRole('link', { name: 'NOSHOE-1' }).click();
  await expect(page.getByText(/Kept without matching/)).toBeVisible();
  await page.getByLabel('It is clothing after all').selectOption({ label: 'Skirt' });
  await expect(page.getByText('Searches match it as skirt now.')).toBeVisible();
  await expect(page.getByText(/Kept without matching/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText(/Kept without matching/)).toBeVisible();
  await deleteItems(page, ['NOSHOE-1']);
});

test('a feed’s first rows are shown as they are understood, before anything is imported', async ({
  page,
}) => {
  await signIn(page, '/manage/imports');
  const rows = [
    'Artikelnummer;title;image_link;price;sale_price;availability;product_type;season;gtin',
    'SEEN-1;Plissé skirt;https://shop.example/skirt.jpg;49,90 EUR;39,90 EUR;in stock;Skirts;summer;1',
    'SEEN-2;Canvas boots;https://shop.example/boots.jpg;1.299 EUR;;in stock;;;2',
    'SEEN-3;;https://shop.example/none.jpg;9,90 EUR;;in stock;;;3',
  ];
  const feed = { name: 'winter.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n'), 'latin1') };
  await page.getByLabel('Choose a feed').setInputFiles(feed);
  const preview = page.getByRole('region', { name: 'winter.csv' });
  await expect(preview.getByRole('heading', { name: 'winter.csv' })).toBeFocused();
  await expect(preview).toContainText('CSV, separated by semicolons · WINDOWS-1252');
  await expect(preview).toContainText('The feed is not UTF-8. It was read as Windows-1252');

  const shown = preview.getByRole('table', { name: 'All of it: 3 rows' }).getByRole('row');
  await expect(shown).toHaveCount(4);
  await expect(shown.nth(1)).toContainText('Plissé skirt');
  await expect(shown.nth(1)).toContainText('€39.90 €49.90');
  await expect(shown.nth(1)).toContainText('Skirt');
  await expect(shown.nth(1)).toContainText('shop.example/skirt.jpg');
  await expect(shown.nth(2)).toContainText('"1.299 EUR" may be 1299.00 or 1.299');
  await expect(shown.nth(2)).toContainText('Not matched');
  await expect(shown.nth(3)).toContainText('Left out');
  await expect(shown.nth(3)).toContainText('title is missing');

  const columns = preview.getByText('9 columns: 7 understood, 1 kept as attributes, 1 ignored');
  await columns.click();
  await expect(preview.getByText('Artikelnummer → id')).toBeVisible();
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  expect(await seriousViolations(page)).toEqual([]);

  await preview.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByLabel('Choose a feed')).toBeAttached();
  await page.reload();
  await expect(
    page.getByRole('row', { name: /autumn|winter/ }).filter({ hasText: 'winter.csv' }),
  ).toHaveCount(0);
});

test('another file is chosen after the first, and a file that is no feed is refused with the reason', async ({
  page,
}) => {
  await signIn(page, '/manage/imports');
  const buffer = Buffer.from('id,title,image_link\nWRONG-1,Skirt,https://shop.example/1.jpg\n');
  await page.getByLabel('Choose a feed').setInputFiles({ name: 'wrong.csv', mimeType: 'text/csv', buffer });
  await page
    .getByLabel('Choose another file')
    .setInputFiles({ name: 'terms.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 …') });
  const failure = page.getByRole('alert').filter({ hasText: 'This feed cannot be read' });
  await expect(failure).toContainText('The file is a PDF.');
  const zip = await makeItem('OTHER', await drawPicture({ color: 'navy' }));
  await page
    .getByLabel('Choose another feed')
    .setInputFiles({ name: 'right.zip', mimeType: 'application/zip', buffer: zip });
  await expect(page.getByRole('region', { name: 'right.zip' })).toContainText(
    'The feed in the zip is feed.jsonl',
  );
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'right.zip' })).toBeVisible();
  await expect(page.getByText('1 item can be searched')).toBeVisible({ timeout: 60_000 });
  await deleteItems(page, ['OTHER']);
});

test.describe('feeds and pictures at addresses', () => {
  const shelf = new Map<string, Buffer>();
  /** Those who ask for a picture while `holding`: they wait until `letGo`. */
  const waiting: (() => void)[] = [];
  let holding = false;
  const letGo = () => {
    holding = false;
    for (const answerNow of waiting.splice(0)) answerNow();
  };
  const pictures = createServer(async (request, response) => {
    if (holding) await new Promise<void>((resolve) => waiting.push(resolve));
    const bytes = shelf.get(request.url ?? '');
    if (bytes) response.end(bytes);
    else response.writeHead(404).end();
  });
  let host: string;
  test.beforeAll(async () => {
    await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
    host = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  });
  test.afterAll(() => new Promise((resolve) => pictures.close(resolve)));

  test('a feed is read from its address', async ({ page }) => {
    shelf.set('/feed.csv', Buffer.from(`id,title,image_link\nFAR-1,A skirt,${host}/1\n`));
    await signIn(page, '/manage/imports');
    const address = page.getByLabel('Or the address of a feed');
    await address.fill('shop.example/feed.csv');
    await address.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'beginning with https://' })).toBeVisible();
    await address.fill(`${host}/feed.csv`);
    await page.getByRole('button', { name: 'Look at it' }).click();
    await expect(page.getByRole('region', { name: 'feed.csv' }).getByRole('row')).toHaveCount(2);
    await page.getByRole('button', { name: 'Close' }).click();
    await address.fill(`${host}/nothing.csv`);
    await address.press('Enter');
    const failure = page.getByRole('alert').filter({ hasText: 'answers with status 404 (Not Found).' });
    await expect(failure).toBeVisible();
  });

  test('pictures are looked at again for one item, and for all', async ({ page }) => {
    for (const path of ['/1', '/2']) shelf.set(path, await drawPicture({ color: 'crimson' }));
    await signIn(page, '/manage/imports');
    const rows = ['NEW-1', 'NEW-2'].map((id, i) => `${id},A skirt ${id},${host}/${i + 1}`);
    const buffer = Buffer.from(`id,title,image_link\n${rows.join('\n')}\n`);
    await importFeed(page, { name: 'addresses.csv', mimeType: 'text/csv', buffer });
    await expect(page.getByText('2 items can be searched')).toBeVisible({ timeout: 60_000 });

    await page.goto('/items/NEW-1');
    const tools = page.getByRole('region', { name: 'For merchandisers' });
    const again = tools.getByRole('button', { name: 'Look at the pictures again' });
    await again.click();
    await expect(tools.getByText('They are as before.')).toBeVisible();
    shelf.set('/1', await drawPicture({ color: 'navy', width: 200 }));
    const former = await page.getByRole('img', { name: 'A skirt NEW-1' }).first().getAttribute('src');
    await again.click();
    await expect(tools.getByText('They have changed, and were looked at again.')).toBeVisible();
    await expect(page.getByRole('img', { name: 'A skirt NEW-1' }).first()).not.toHaveAttribute(
      'src',
      former!,
    );
    shelf.delete('/1');
    await again.click();
    await expect(tools.getByText('A picture could not be had; the old one stays.')).toBeVisible({
      timeout: 60_000,
    });

    await page.goto('/manage/imports');
    shelf.set('/2', await drawPicture({ color: 'gold', width: 200 }));
    await page.getByRole('button', { name: 'Look at the pictures again' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Pictures of all items' })).toBeVisible();
    const outcome = page
      .getByRole('status')
      .filter({ hasText: '1 item with new pictures, 1 as before, 1 warning.' });
    await expect(outcome).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/items have their pictures from files/)).toBeVisible();
    const warnings = page.getByRole('region', { name: '1 warning' }).getByRole('row');
    await expect(warnings.nth(1)).toContainText(
      'status 404 (Not Found). The item keeps the picture that it had.',
    );
    await deleteItems(page, ['NEW-1', 'NEW-2']);
  });

  // The pictures wait, so that the import cannot end before it is cancelled, however fast the machine is.
  test('an import that runs is cancelled, and tried again', async ({ page }) => {
    const ids = Array.from({ length: 12 }, (_, i) => `STOP-${i + 1}`);
    for (const id of ids) shelf.set(`/${id}`, await drawPicture({ color: 'olive' }));
    await signIn(page, '/manage/imports');
    const rows = ids.map((id) => `${id},A skirt ${id},${host}/${id}`);
    const buffer = Buffer.from(`id,title,image_link\n${rows.join('\n')}\n`);
    holding = true;
    await importFeed(page, { name: 'long.csv', mimeType: 'text/csv', buffer });
    await expect(page.getByRole('status').filter({ hasText: /0 of 12 items read/ })).toBeVisible();
    await cancelTheImport(page);
    letGo();
    holding = true;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('Running', { exact: true })).toBeVisible();
    await cancelTheImport(page);
    letGo();
    // The server is away for a moment while the import runs.
    let asked = 0;
    await page.route('**/graphql', (route) => {
      const { query = '' } = route.request().postDataJSON() ?? {};
      if (/subscription ImportProgress\b/.test(query)) return route.abort();
      if (/query ImportJobById\b/.test(query)) asked++;
      return /query ImportJobById\b/.test(query) && asked === 2 ? route.abort() : route.fallback();
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('12 items can be searched')).toBeVisible({ timeout: 60_000 });
    await deleteItems(page, ids);
  });
});

/** Cancels the import whose page is open. */
async function cancelTheImport(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cancel the import' }).click();
  await answer(page, 'Cancel the import');
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible();
}

test('the list of what was left out can be downloaded, and the import is listed', async ({ page }) => {
  await signIn(page, '/manage/imports');
  const buffer = Buffer.from('id,title,image_link\nONE,,nowhere.webp\nTWO,A skirt,nowhere.webp\n');
  await importFeed(page, { name: 'broken.csv', mimeType: 'text/csv', buffer });
  await expect(page.getByRole('heading', { name: '2 rows left out' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the list' }).click();
  const path = await (await download).path();
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/^2,ONE,/);
  await page.getByRole('link', { name: 'All imports' }).click();
  await expect(page.getByRole('row', { name: /broken\.csv/ })).toContainText('Nothing imported');

  // The next page of the list fails, and says so.
  await page.route('**/graphql', async (route) => {
    const { query = '', variables } = route.request().postDataJSON() ?? {};
    if (!/query ImportsPage\b/.test(query)) return route.fallback();
    if (variables.after !== null) return route.abort();
    const response = await route.fetch();
    const body = (await response.text()).replace('"hasNextPage":false', '"hasNextPage":true');
    await route.fulfill({ response, body });
  });
  await page.reload();
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('No connection');
});
