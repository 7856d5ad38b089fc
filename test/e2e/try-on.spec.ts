/// <reference lib="dom" />
import { chooseStyle, drawItem, dyed, Random, toWebp } from '../../server/demo/drawing/index.ts';
import { makeItem } from './feeds.ts';
import { deleteItems, expect, importFeed, searchWithScene, signIn, similarItems, test } from './fixtures.ts';

/** Dark trousers of the cut that the scene's person wears: few of the demo's items suit them. */
async function drawTrousers(): Promise<Buffer> {
  const chosen = dyed(chooseStyle(new Random(19), { category: 8 }), 'navy', new Random(19));
  const style = { ...chosen, ease: 16, flare: 2 };
  const size = { width: 600, height: 800 };
  const { pixels } = await drawItem({ style, seed: 19, size, backdrop: 'studio' });
  return toWebp(pixels, size, 90);
}

test('a match is seen on one’s own photo beside its own picture, or it is said why not', async ({
  page,
  browser,
}) => {
  await signIn(page, '/manage/imports');
  const buffer = await makeItem('TROUSERS', await drawTrousers());
  await importFeed(page, { name: 'trousers.zip', mimeType: 'application/zip', buffer });
  await expect(page.getByText('1 item can be searched')).toBeVisible({ timeout: 60_000 });
  await searchWithScene(page, 'a white short sleeve top and blue trousers');
  const url = page.url();
  const buttons = page.getByRole('button', { name: /^See “.*” on you$/ });
  const panel = page.getByRole('dialog', { name: 'On your photo' });
  const preview = panel.getByRole('img', { name: /^Preview:/ });
  const worn = await page
    .locator('[data-garment]')
    .evaluateAll((outlines) => [...new Set(outlines.map((outline) => outline.getAttribute('data-garment')))]);
  // Not every drawn item suits each worn garment.
  let isDrawn = false;
  for (const garment of worn) {
    await page.goto(`${new URL(url).pathname}?garment=${garment}`);
    await expect(similarItems(page).first()).toBeVisible();
    // By now the page knows that the photo is the visitor's own.
    await expect(page.getByRole('button', { name: 'Delete my photo' })).toBeVisible();
    // Later matches, and which of them are of the same cut, may still be on their way.
    await page.waitForLoadState('networkidle');
    for (const see of await buttons.all()) {
      // Refused for its own sake, the garment has no further offers.
      if (!(await see.isVisible())) break;
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
    if (isDrawn) break;
  }
  expect(isDrawn).toBe(true);

  const context = await browser.newContext();
  const stranger = await context.newPage();
  await stranger.goto(url);
  await expect(similarItems(stranger).first()).toBeVisible();
  await expect(stranger.getByRole('button', { name: /on you$/ })).toHaveCount(0);
  await context.close();
  await deleteItems(page, ['TROUSERS']);
});
