import { truncateSync, writeFileSync } from 'node:fs';
import { readHeic } from '../helpers/heic.ts';
import { chooseFile, expect, scenePath, test } from './fixtures.ts';

test('a file that is no image is refused in words, and another can be chosen', async ({ page }) => {
  await page.goto('/');
  const buffer = Buffer.from('These are words, not pixels.');
  await chooseFile(page, { name: 'notes.jpg', mimeType: 'image/jpeg', buffer });
  await expect(page.getByRole('alert').filter({ hasText: 'not an image' })).toBeVisible();
  await expect(page.getByLabel('Choose another photo')).toBeAttached();
});

test('a damaged HEIC photo is refused in the server’s own words', async ({ page }) => {
  await page.goto('/');
  const buffer = readHeic('scene').subarray(0, 20_000);
  await chooseFile(page, { name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer });
  await expect(page.getByRole('alert').filter({ hasText: 'the file is cut off' })).toBeVisible();
});

test('a file of more than 20 MB that the browser cannot shrink is refused before it is sent', async ({
  page,
}, testInfo) => {
  await page.goto('/');
  const sent: string[] = [];
  page.on('request', (request) => request.headers()['apollo-require-preflight'] && sent.push(request.url()));
  const huge = testInfo.outputPath('huge.jpg');
  writeFileSync(huge, '');
  truncateSync(huge, 21 * 1024 * 1024);
  await chooseFile(page, huge);
  await expect(page.getByRole('alert').filter({ hasText: 'more than 20 MB' })).toBeVisible();
  expect(sent).toEqual([]);
});

test('without a connection the photo stays at hand, and a retry sends it again', async ({
  page,
  context,
}) => {
  await page.goto('/');
  await context.setOffline(true);
  await chooseFile(page, scenePath());
  await expect(page.getByRole('alert').filter({ hasText: 'No connection' })).toBeVisible();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page).toHaveURL(/\/photos\/[\w-]+/);
});

test('an unknown photo, item and page say so', async ({ page }) => {
  await page.goto('/photos/00000000-0000-4000-8000-000000000000');
  await expect(page.getByText('This photo is no longer here')).toBeVisible();
  await page.goto('/items/no-such%20item%25');
  await expect(page.getByText('The shop has no such item')).toBeVisible();
  const answer = await page.goto('/no-such-page');
  expect(answer?.status()).toBe(404);
  await expect(page.getByText('There is no such page')).toBeVisible();
});
