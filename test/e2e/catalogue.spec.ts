import { catalogueItems, expect, sidewaysScroll, test } from './fixtures.ts';

test('the catalogue is paged, and says that its items are drawn', async ({ page }) => {
  await page.goto('/items');
  await expect(catalogueItems(page).first()).toContainText('Drawn');
  await expect(page.getByText('The demo shop’s items are drawings').first()).toBeVisible();
  const before = await catalogueItems(page).count();
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect.poll(() => catalogueItems(page).count()).toBeGreaterThan(before);
});

test('a filter narrows the catalogue, and a reload keeps it', async ({ page }) => {
  await page.goto('/items');
  await expect(catalogueItems(page).first()).toBeVisible();
  await page.locator('summary', { hasText: 'Price' }).click();
  await page.getByLabel('Price to').fill('0.01');
  await page.getByLabel('Price to').press('Enter');
  await expect(page.getByText('No item with these filters')).toBeVisible();
  await page.reload();
  await expect(page.getByText('No item with these filters')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(catalogueItems(page).first()).toBeVisible();
});

test('an item shows on demand which garment is matched', async ({ page }) => {
  await page.goto('/items');
  await catalogueItems(page).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  const toggle = page.getByRole('button', { name: 'Show what is matched' });
  await expect(page.locator('svg g[data-category]')).toHaveCount(0);
  await toggle.click();
  await expect(page.locator('svg g[data-category]')).toHaveCount(1);
});
