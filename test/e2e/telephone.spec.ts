/// <reference lib="dom" />
import {
  catalogueItems,
  expect,
  garments,
  searchWithScene,
  sidewaysScroll,
  similarItems,
  test,
} from './fixtures.ts';

test.use({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });

test('nothing scrolls sideways on a telephone', async ({ page }) => {
  await searchWithScene(page);
  await expect(similarItems(page).first()).toBeVisible();
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await similarItems(page).first().click();
  await expect(similarItems(page).first()).toBeVisible();
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  for (const address of ['/', '/items']) {
    await page.goto(address);
    await page.waitForLoadState('networkidle');
    expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  }
  await expect(catalogueItems(page).first()).toBeVisible();
});

test('a garment is chosen by a tap, and the photo stays in sight', async ({ page }) => {
  await searchWithScene(page);
  await garments(page).nth(1).tap();
  await expect(garments(page).nth(1)).toBeChecked();
  await expect(similarItems(page).nth(4)).toBeAttached();
  await similarItems(page).nth(4).scrollIntoViewIfNeeded();
  await expect(page.getByRole('img', { name: /Your photo/ })).toBeInViewport();
});

test('a box is drawn anywhere on the photo: nothing lies over it', async ({ page }) => {
  await searchWithScene(page);
  const found = await garments(page).count();
  await page.getByRole('button', { name: 'Draw a box around a garment' }).tap();
  const photo = (await page.getByRole('img', { name: /Your photo/ }).boundingBox())!;
  const search = page.getByRole('button', { name: 'Search with this' });
  for (const button of [search, page.getByRole('button', { name: 'Cancel', exact: true })]) {
    await expect(button).toBeInViewport({ ratio: 1 });
    expect((await button.boundingBox())!.y).toBeGreaterThanOrEqual(photo.y + photo.height);
  }
  await page.mouse.move(photo.x + photo.width * 0.1, photo.y + photo.height * 0.97);
  await page.mouse.down();
  await page.mouse.move(photo.x + photo.width * 0.6, photo.y + photo.height * 0.55, { steps: 4 });
  await page.mouse.up();
  const drawn = (await page.getByRole('button', { name: /The region to search with/ }).boundingBox())!;
  expect(drawn.height).toBeCloseTo(photo.height * 0.42, -1);
  await search.tap();
  await expect(garments(page)).toHaveCount(found + 1);
});

test('what is touched is at least 44 pixels high', async ({ page }) => {
  await searchWithScene(page);
  await expect(similarItems(page).first()).toBeVisible();
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main button, main select, main a, header a, header label')]
      .filter((element) => element.getClientRects().length > 0 && element.offsetHeight < 44)
      .map((element) => `${element.tagName} ${element.textContent}`),
  );
  expect(small).toEqual([]);
});
