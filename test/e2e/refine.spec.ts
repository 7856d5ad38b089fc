import {
  askWhy,
  expect,
  garments,
  holdBack,
  matchTile,
  searchWithScene,
  similarItems,
  test,
  titleOfMatch,
} from './fixtures.ts';

test('a garment that was missed is drawn by the pointer, searched with, and taken back', async ({ page }) => {
  await searchWithScene(page);
  const found = await garments(page).count();
  await page.getByRole('button', { name: 'Draw a box around a garment' }).click();
  const region = page.getByRole('button', { name: /The region to search with/ });
  const photo = page.getByRole('img', { name: /Your photo/ });
  const { x, y, width, height } = (await photo.boundingBox())!;
  await page.mouse.move(x + width * 0.1, y + height * 0.2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.4, y + height * 0.6, { steps: 4 });
  await page.mouse.up();
  const drawn = (await region.boundingBox())!;
  expect(drawn.width).toBeCloseTo(width * 0.3, -1);
  expect(drawn.height).toBeCloseTo(height * 0.4, -1);

  await page.getByRole('button', { name: 'Search with this' }).click();
  await expect(garments(page)).toHaveCount(found + 1);
  await expect(page.getByText('drawn by you')).toBeVisible();
  await expect(similarItems(page).first()).toBeVisible();

  await page.getByRole('button', { name: 'Remove the drawn one' }).click();
  await expect(garments(page)).toHaveCount(found);
  await expect(page.locator('input[name="garment"]:checked')).toBeFocused();
});

test('a region is drawn by keys, Escape gives up, and the keyboard goes on from there', async ({ page }) => {
  await searchWithScene(page);
  await page.getByRole('button', { name: 'Draw a box around a garment' }).click();
  const region = page.getByRole('button', { name: /The region to search with/ });
  await expect(region).toBeFocused();
  const before = (await region.boundingBox())!;
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+ArrowDown');
  const after = (await region.boundingBox())!;
  expect(after.x).toBeLessThan(before.x);
  expect(after.height).toBeGreaterThan(before.height);
  await page.keyboard.press('Escape');
  await expect(region).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Draw a box around a garment' }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(region).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'drawn by you' })).toBeFocused();
  await expect(page.locator('input[name="garment"]:focus')).toBeChecked();

  // What is chosen while it is being removed stays chosen.
  const last = page.locator('input[name="garment"]').nth(1);
  const value = (await last.getAttribute('value')) ?? '';
  const go = await holdBack(page, '**/graphql');
  await page.getByRole('button', { name: 'Remove the drawn one' }).click();
  await page.locator(`label:has(input[value="${value}"])`).click();
  await go();
  await expect(page.getByRole('radio', { name: 'drawn by you' })).toHaveCount(0);
  await expect(page.locator(`input[value="${value}"]`)).toBeChecked();
});

test('matches say why they match, and are refined by words and by example', async ({ page }) => {
  await searchWithScene(page);
  // Of tops there are no previews.
  const trousers = await page.getByRole('radio', { name: 'Trousers' }).first().getAttribute('value');
  await page.goto(`${page.url().split('?')[0]}?garment=${trousers}`);
  const preview = matchTile(page, 0).getByRole('button', { name: /See .+ on you/ });
  await expect(preview).toBeVisible();
  await expect(await askWhy(page, 0)).toContainText(/(same|other) category/i);
  // It would cover what "why?" offers.
  await expect(preview).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(preview).toBeVisible();

  await page.getByLabel('This, but…').fill('in blue');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /Colour blue/ })).toBeVisible();
  await expect(page).toHaveURL(/say=in\+blue/);

  const title = await titleOfMatch(page, 0);
  await (await askWhy(page, 0)).getByRole('button', { name: `Less like ${title}` }).click();
  await expect(page.getByRole('button', { name: /Less like 1 item/ })).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: /Less like 1 item/ }).click();
  await expect(page).not.toHaveURL(/less=/);
  await page.getByRole('button', { name: /Colour blue/ }).click();
  await expect(page).not.toHaveURL(/say=/);
});

test('a filter takes several values, and a reload keeps them', async ({ page }) => {
  await page.goto('/items');
  await page.locator('summary', { hasText: 'Colour' }).click();
  const colours = page.getByRole('group', { name: 'Colour' }).getByRole('checkbox');
  // The address holds the filter, so that a box is ticked a moment after the click.
  await colours.nth(0).click();
  await expect(colours.nth(0)).toBeChecked();
  await colours.nth(1).click();
  await expect(colours.nth(1)).toBeChecked();
  await expect(page).toHaveURL(/color=.*color=/);
  await page.reload();
  await page.locator('summary', { hasText: 'Colour' }).click();
  await expect(colours.nth(0)).toBeChecked();
  await expect(colours.nth(1)).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(colours.nth(0)).toBeHidden();
});

test('facets say how many matches each choice leaves, and count what was chosen', async ({ page }) => {
  await searchWithScene(page);
  await page.locator('summary', { hasText: 'Colour' }).click();
  const group = page.getByRole('group', { name: 'Colour' });
  const first = group.locator('label').first();
  await expect(first).toContainText(/\d+$/);
  const left = Number(/(\d+)$/.exec((await first.textContent()) ?? '')?.[1]);
  await first.getByRole('checkbox').click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/color=/);
  // Of those left, the list has the close ones, or the nearest where none is close.
  await expect(similarItems(page).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Remove the filter / })).toBeVisible();
  // A choice does not narrow what its own kind offers.
  await page.locator('summary', { hasText: 'Colour' }).click();
  await expect(first).toContainText(new RegExp(`\\D${left}$`));
});
