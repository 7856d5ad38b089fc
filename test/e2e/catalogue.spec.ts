import { catalogueItems, expect, sidewaysScroll, test } from './fixtures.ts';

test('the catalogue is paged, and says that its items are drawn', async ({ page }) => {
  await page.goto('/items');
  await expect(catalogueItems(page).first()).toContainText('Drawn');
  await expect(page.getByText('The demo shop’s items are drawings').first()).toBeVisible();
  const before = await catalogueItems(page).count();
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect.poll(() => catalogueItems(page).count()).toBeGreaterThan(before);

  // A reload asks for as many pages, and for one that cannot be had only once.
  let asked = 0;
  await page.route('**/graphql', (route) => {
    if (!/"after":"/.test(route.request().postData() ?? '')) return route.continue();
    asked += 1;
    return route.abort();
  });
  await page.reload();
  await expect(page.getByText('No connection to the server')).toBeVisible();
  await page.waitForTimeout(300);
  expect(asked).toBe(1);
});

test('a filter narrows the catalogue, and a reload keeps it', async ({ page }) => {
  await page.goto('/items');
  await expect(catalogueItems(page).first()).toBeVisible();
  await page.locator('summary', { hasText: 'Price' }).click();
  await page.getByLabel('Price to').fill('1.299');
  await page.getByLabel('Price to').press('Enter');
  await expect(page.getByText('Write the price like 1,299.50.')).toBeVisible();
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

test('the catalogue is sorted by price over several pages, and a reload keeps the order', async ({
  page,
}) => {
  await page.goto('/items');
  const sort = page.getByLabel('Sort by');
  await expect(sort).toHaveValue('NEWEST');
  await expect(sort.getByRole('option')).toHaveCount(3);
  const prices = async () => {
    const texts = await catalogueItems(page).allTextContents();
    return texts.map((text) => Number(/[€$£]([\d,]+\.\d\d)/.exec(text)![1]!.replaceAll(',', '')));
  };
  const areSorted = (list: readonly number[], direction: 1 | -1) =>
    list.length > 0 && list.every((price, i) => i === 0 || direction * (price - list[i - 1]!) >= 0);
  await sort.selectOption('PRICE_RISING');
  await expect(page).toHaveURL(/sort=price/);
  await expect.poll(async () => areSorted(await prices(), 1)).toBe(true);
  const before = await catalogueItems(page).count();
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect.poll(() => catalogueItems(page).count()).toBeGreaterThan(before);
  expect(areSorted(await prices(), 1)).toBe(true);
  await sort.selectOption('PRICE_FALLING');
  await expect.poll(async () => areSorted(await prices(), -1)).toBe(true);
  const dearest = (await prices())[0];
  await page.reload();
  await expect(sort).toHaveValue('PRICE_FALLING');
  await expect.poll(async () => (await prices())[0]).toBe(dearest);
  await sort.selectOption('NEWEST');
  await expect(page).not.toHaveURL(/sort=/);
});
