/// <reference lib="dom" />
import { expect, garments, searchWithScene, similarItems, test } from './fixtures.ts';

test('a match is seen on one’s own photo beside its own picture, or it is said why not', async ({
  page,
  browser,
}) => {
  await searchWithScene(page);
  const url = page.url();
  const buttons = page.getByRole('button', { name: /^See “.*” on you$/ });
  const panel = page.getByRole('dialog', { name: 'On your photo' });
  const preview = panel.getByRole('img', { name: /^Preview:/ });
  // Not every drawn item suits a worn garment.
  let isDrawn = false;
  const count = await garments(page).count();
  for (let i = 0; i < count && !isDrawn; i++) {
    if (i > 0) {
      await garments(page)
        .nth(i - 1)
        .focus();
      await page.keyboard.press('ArrowRight');
      await expect(page).toHaveURL(/garment=/);
      // The matches are those of the chosen garment from the start.
      await page.reload();
    }
    await expect(garments(page).nth(i)).toBeChecked();
    await expect(similarItems(page).first()).toBeVisible();
    for (const see of await buttons.all()) {
      await see.focus();
      await page.keyboard.press('Enter');
      await expect(panel.getByText('The shop’s picture', { exact: true })).toBeVisible();
      await expect(preview.or(panel.getByText('No preview here'))).toBeVisible();
      isDrawn = await preview.isVisible();
      if (isDrawn) {
        await expect(panel.getByText('Drawn, not photographed')).toBeVisible();
        await expect
          .poll(() => preview.evaluate((image) => (image as HTMLImageElement).naturalWidth))
          .toBeGreaterThan(500);
      }
      await page.keyboard.press('Escape');
      await expect(panel).toBeHidden();
      await expect(see).toBeFocused();
      if (isDrawn) break;
    }
  }
  expect(isDrawn).toBe(true);

  const context = await browser.newContext();
  const stranger = await context.newPage();
  await stranger.goto(url);
  await expect(similarItems(stranger).first()).toBeVisible();
  await expect(stranger.getByRole('button', { name: /on you$/ })).toHaveCount(0);
  await context.close();
});
