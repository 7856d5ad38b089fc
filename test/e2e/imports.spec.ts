import { readFileSync } from 'node:fs';
import { drawPicture } from '../helpers/pictures.ts';
import { zipOf } from '../helpers/zip.ts';
import { makeFeed } from './feeds.ts';
import { answer, deleteItems, expect, signIn, test } from './fixtures.ts';

test('a feed is imported, its progress seen, and its broken rows are listed with their reasons', async ({
  page,
}) => {
  await signIn(page, '/manage/imports');
  const buffer = await makeFeed('TRY', 6);
  await page
    .getByLabel('Choose a feed')
    .setInputFiles({ name: 'autumn.zip', mimeType: 'application/zip', buffer });
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
  await page
    .getByLabel('Choose a feed')
    .setInputFiles({ name: 'doubtful.zip', mimeType: 'application/zip', buffer });
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
  await page
    .getByLabel('Choose a feed')
    .setInputFiles({ name: 'boots.zip', mimeType: 'application/zip', buffer });
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

test('the list of what was left out can be downloaded, and the import is listed', async ({ page }) => {
  await signIn(page, '/manage/imports');
  const buffer = Buffer.from('id,title,image_link\nONE,,nowhere.webp\nTWO,A skirt,nowhere.webp\n');
  await page.getByLabel('Choose a feed').setInputFiles({ name: 'broken.csv', mimeType: 'text/csv', buffer });
  await expect(page.getByRole('heading', { name: '2 rows left out' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the list' }).click();
  const path = await (await download).path();
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/^2,ONE,/);
  await page.getByRole('link', { name: 'All imports' }).click();
  await expect(page.getByRole('row', { name: /broken\.csv/ })).toContainText('Nothing imported');
});

/** So many that neither the first run nor the second ends before it is cancelled. */
const ROWS = 90;

test('an import that runs is cancelled, and tried again', async ({ page }) => {
  await signIn(page, '/manage/imports');
  const buffer = await makeFeed('STOP', ROWS, 9);
  await page
    .getByLabel('Choose a feed')
    .setInputFiles({ name: 'long.zip', mimeType: 'application/zip', buffer });
  await expect(page.getByRole('status').filter({ hasText: /of 90 items read/ })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel the import' }).click();
  await answer(page, 'Cancel the import');
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Running', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel the import' }).click();
  await answer(page, 'Cancel the import');
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible();
  await deleteItems(
    page,
    Array.from({ length: ROWS }, (_, i) => `STOP-${i + 1}`),
  );
});
