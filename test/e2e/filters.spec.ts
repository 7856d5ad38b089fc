import { catalogueItems, expect, searchWithScene, similarItems, test } from './fixtures.ts';

/** A person presses the words of an option, not its box of 18 pixels. */
test.describe('an option of a filter is ticked by a press', () => {
  for (const part of ['the words', 'the number', 'the space between', 'the edge of the row'] as const) {
    test(`on ${part}`, async ({ page }) => {
      await searchWithScene(page);
      await page.locator('summary', { hasText: 'Colour' }).click();
      const group = page.getByRole('group', { name: 'Colour' });
      const row = group.locator('label').first();
      await expect(row).toContainText(/\d+$/);
      // Until the matches stand, what is above the menu may still grow.
      let before = '';
      const stands = async () => {
        const now = JSON.stringify(await row.boundingBox());
        const same = now === before;
        before = now;
        return same;
      };
      await expect.poll(stands, { intervals: [500] }).toBe(true);
      const box = (await row.boundingBox())!;
      const words = (await row.locator('span').first().boundingBox())!;
      const x = {
        'the words': words.x + 6,
        'the number': box.x + box.width - 12,
        'the space between': box.x + box.width - 40,
        'the edge of the row': box.x + 3,
      }[part];
      await page.mouse.move(x, box.y + box.height / 2);
      await page.mouse.down();
      // The menu must outlive the press, however long it lasts.
      await page.waitForTimeout(80);
      await expect(group).toBeVisible();
      await page.mouse.up();
      await expect(row.getByRole('checkbox')).toBeChecked();
      await expect(group).toBeVisible();
      await expect(page).toHaveURL(/color=/);
      await expect(similarItems(page).first()).toBeVisible();
    });
  }
});

test('several options are ticked by their words, and taken back', async ({ page }) => {
  await page.goto('/items');
  await expect(catalogueItems(page).first()).toBeVisible();
  await page.locator('summary', { hasText: 'Category' }).click();
  const rows = page.getByRole('group', { name: 'Category' }).locator('label');
  for (const index of [0, 1]) {
    await rows.nth(index).locator('span').first().click();
    await expect(rows.nth(index).getByRole('checkbox')).toBeChecked();
  }
  await rows.nth(0).locator('span').first().click();
  await expect(rows.nth(0).getByRole('checkbox')).not.toBeChecked();
  await expect(rows.nth(1).getByRole('checkbox')).toBeChecked();
  await rows.nth(1).locator('span').first().click();
  // Two presses before a slow telephone has rendered the first.
  const boxes = rows.getByRole('checkbox');
  for (const isOn of [true, false]) {
    await boxes.evaluateAll((all) => {
      for (const box of all.slice(0, 2)) (box as HTMLElement).click();
    });
    for (const index of [0, 1]) await expect(boxes.nth(index)).toBeChecked({ checked: isOn });
  }

  await page.locator('summary', { hasText: 'Pattern' }).click();
  await page.getByRole('group', { name: 'Pattern' }).getByText('striped', { exact: true }).click();
  await expect(page).toHaveURL(/pattern=striped/);
  await expect(
    catalogueItems(page)
      .filter({ hasText: /strip|Breton/i })
      .first(),
  ).toBeVisible();
  await expect(catalogueItems(page).filter({ hasText: /floral|checked/i })).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove the filter striped' }).click();
  await expect(page).not.toHaveURL(/pattern=/);
});

test('an open menu closes by Escape, by a press beside it and when the focus leaves it', async ({ page }) => {
  await page.goto('/items');
  await expect(catalogueItems(page).first()).toBeVisible();
  const summary = page.locator('summary', { hasText: 'Colour' });
  const group = page.getByRole('group', { name: 'Colour' });
  await summary.click();
  await group.locator('label').first().locator('span').first().click();
  await page.keyboard.press('Escape');
  await expect(group).toBeHidden();
  await expect(summary).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(group).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await expect(group).toBeHidden();

  await summary.click();
  await expect(group).toBeVisible();
  await summary.focus();
  await page.keyboard.press('Shift+Tab');
  await expect(group).toBeHidden();
});
