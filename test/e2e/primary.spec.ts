import { readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { makeItem } from './feeds.ts';
import { deleteItems, expect, importFeed, scenePath, signIn, similarItems, test } from './fixtures.ts';

test('of an item’s garments a merchandiser chooses the one that searches match', async ({ page }) => {
  await signIn(page, '/manage/imports');
  const buffer = await makeItem('LOOK', readFileSync(scenePath()));
  await importFeed(page, { name: 'look.zip', mimeType: 'application/zip', buffer });
  await expect(page.getByText('1 item can be searched')).toBeVisible({ timeout: 60_000 });

  await page.goto('/items/LOOK');
  const tools = page.getByRole('region', { name: 'For merchandisers' });
  const garments = tools.getByRole('list', { name: 'Garments in its pictures' }).getByRole('listitem');
  const matched = garments.filter({ hasText: 'Matched in searches' });
  await expect(matched).toHaveCount(1);
  const parsers = await matched.getByLabel('Category').inputValue();
  const found = await similarItems(page).first().textContent();

  // Of another category, so that other items are the most alike.
  const others = garments.filter({ hasNot: page.locator(`option[value="${parsers}"]:checked`) });
  const chosen = await others.first().getByLabel('Category').inputValue();
  const choose = () =>
    others
      .first()
      .getByRole('button', { name: /^Match the/ })
      .click();
  await choose();
  await expect(tools.getByRole('status').filter({ hasText: 'Searches match the' })).toBeVisible();
  await expect.poll(() => categoryOf(matched)).toBe(chosen);
  await tools.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => categoryOf(matched)).toBe(parsers);

  await choose();
  await expect.poll(() => categoryOf(matched)).toBe(chosen);
  await expect.poll(() => similarItems(page).first().textContent()).not.toBe(found);
  await page.reload();
  await expect.poll(() => categoryOf(matched)).toBe(chosen);
  expect(await similarItems(page).first().textContent()).not.toBe(found);
  await deleteItems(page, ['LOOK']);
});

function categoryOf(garment: Locator): Promise<string> {
  return garment.getByLabel('Category').inputValue();
}
