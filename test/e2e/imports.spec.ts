import { makeFeed } from './feeds.ts';
import { expect, signIn, test } from './fixtures.ts';

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
