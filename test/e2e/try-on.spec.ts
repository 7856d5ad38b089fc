/// <reference lib="dom" />
import { expect, garments, searchWithScene, similarItems, test } from './fixtures.ts';

test('a match is seen on one’s own photo beside its own picture, or it is said why not', async ({
  page,
  browser,
}) => {
  await searchWithScene(page);
  const url = page.url();
  const told: string[] = [];
  // The scene's people wear tops and trousers; drawn items of these are bent onto them or refused.
  for (const garment of (await garments(page).all()).slice(0, 2)) {
    await garment.check({ force: true });
    await expect(similarItems(page).first()).toBeVisible();
    const see = page.getByRole('button', { name: /^See “.*” on you$/ }).first();
    await see.focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'On your photo' });
    await expect(panel.getByText('The shop’s picture', { exact: true })).toBeVisible();
    const preview = panel.getByRole('img', { name: /^Preview:/ });
    await expect(preview.or(panel.getByText('No preview here'))).toBeVisible({ timeout: 60_000 });
    if (await preview.isVisible()) {
      await expect(panel.getByText('Drawn, not photographed', { exact: false })).toBeVisible();
      await expect
        .poll(() => preview.evaluate((image) => (image as HTMLImageElement).naturalWidth))
        .toBeGreaterThan(500);
      told.push('preview');
    }
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(see).toBeFocused();
  }
  expect(told).toContain('preview');

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(url);
  await expect(similarItems(stranger).first()).toBeVisible();
  await expect(stranger.getByRole('button', { name: /on you$/ })).toHaveCount(0);
  await stranger.context().close();
});
