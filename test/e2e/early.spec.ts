import type { Page } from '@playwright/test';
import { catalogueItems, expect, garments, giveScene, holdBack, scenePath, test } from './fixtures.ts';

/** As a person does, with a file from the machine: a page that does not take it is replaced by it. */
async function dropFile(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const data = { items: [], files: [scenePath()], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await browser.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data });
}

const WAYS = {
  dropped: dropFile,
  pasted: (page: Page) => giveScene(page, 'paste'),
  chosen: (page: Page) => page.getByLabel('Choose a photo').setInputFiles(scenePath()),
};

for (const [way, give] of Object.entries(WAYS)) {
  test(`a photo that is ${way} before the page’s code has come is searched with`, async ({ page }) => {
    const come = await holdBack(page, '**/_next/static/**/*.js');
    await page.goto('/', { waitUntil: 'commit' });
    await expect(page.getByLabel('Choose a photo')).toBeVisible();
    await give(page);
    expect(new URL(page.url()).pathname).toBe('/');
    await come();
    await expect(page).toHaveURL(/\/photos\/[\w-]+/);
    await expect(garments(page).first()).toBeVisible();
  });
}

test('a step back before the page’s code has come leads to the page of that address', async ({ page }) => {
  await page.goto('/items');
  await catalogueItems(page).first().click();
  await expect(page).toHaveURL(/\/items\/./);
  const come = await holdBack(page, '**/_next/static/**/*.js');
  await page.reload({ waitUntil: 'commit' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goBack({ waitUntil: 'commit' });
  await expect(page).toHaveURL(/\/items$/);
  await come();
  await expect(catalogueItems(page).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Load more' })).toBeVisible();
});
