import { makeFeed } from './feeds.ts';
import { answer, expect, importFeed, signIn, test } from './fixtures.ts';

test('items of one picture are shown side by side, and one of them is deleted', async ({ page }) => {
  await signIn(page, '/manage/imports');
  for (const prefix of ['SAME', 'AGAIN']) {
    await page.goto('/manage/imports');
    const buffer = await makeFeed(prefix, 2, 31);
    const file = { name: `${prefix}.zip`, mimeType: 'application/zip', buffer };
    await importFeed(page, file);
    await expect(page.getByText('2 items can be searched')).toBeVisible({ timeout: 60_000 });
  }
  // What has just landed is compared within a minute.
  const group = page
    .getByRole('list', { name: 'Groups of the same picture' })
    .locator('> li')
    .filter({ hasText: 'SAME-1' });
  await expect(async () => {
    await page.goto('/manage/duplicates');
    await expect(group).toBeVisible({ timeout: 5000 });
  }).toPass({ timeout: 90_000 });
  await expect(group).toContainText('The very same image');
  await expect(group.getByRole('listitem')).toHaveCount(2);
  await group.getByRole('button', { name: /^Delete AGAIN-1/ }).click();
  await answer(page, 'Delete the item');
  await expect(group.getByRole('listitem').filter({ hasText: 'AGAIN-1' })).toContainText('Deleted');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(group).toHaveCount(0);
  // Other tests tell items by their pictures.
  await page.getByRole('button', { name: /^Delete AGAIN-2/ }).click();
  await answer(page, 'Delete the item');
  await expect(page.getByText('Deleted')).toBeVisible();
});
