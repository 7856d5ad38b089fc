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
  const look = page.getByRole('region', { name: 'Shop the whole look' });
  await look.scrollIntoViewIfNeeded();
  await expect(look.getByRole('link').first()).toBeVisible();
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

test('while the items scroll, a bar with thumbnails stands for the photo', async ({ page }) => {
  await searchWithScene(page);
  await garments(page).nth(1).tap();
  await expect(garments(page).nth(1)).toBeChecked();
  const bar = page.getByRole('group', { name: 'The photo and its garments' });
  await expect(bar).toBeHidden();
  await page.getByRole('region', { name: 'Complete the look' }).scrollIntoViewIfNeeded();
  await expect(bar).toBeInViewport({ ratio: 1 });
  expect((await bar.boundingBox())!.height).toBe(64);

  // The first is the photo itself.
  await bar.getByRole('button').nth(1).tap();
  await expect(garments(page).first()).toBeChecked();
  await expect(similarItems(page).first()).toBeInViewport();

  await page.getByRole('region', { name: 'Complete the look' }).scrollIntoViewIfNeeded();
  await bar.getByRole('button', { name: 'Back to the photo' }).tap();
  await expect(page.getByRole('img', { name: /Your photo/ })).toBeInViewport({ ratio: 1 });
  await expect(bar).toBeHidden();
});

test('filters open as a sheet that says how many items it leaves, and stay as chips', async ({ page }) => {
  await page.goto('/items');
  await page.getByRole('button', { name: 'Filters' }).tap();
  const sheet = page.getByRole('dialog', { name: 'Filters' });
  await sheet.locator('summary', { hasText: 'Colour' }).tap();
  const row = sheet.getByRole('group', { name: 'Colour' }).locator('label').first();
  await row.locator('span').first().tap();
  await expect(row.getByRole('checkbox')).toBeChecked();
  const show = sheet.getByRole('button', { name: /^Show \d+ items?$/ });
  const left = Number(/\d+/.exec((await show.textContent()) ?? '')?.[0]);
  await show.tap();
  await expect(sheet).toBeHidden();
  await expect(catalogueItems(page)).toHaveCount(Math.min(24, left));
  await page.getByRole('list', { name: 'Chosen filters' }).getByRole('button').tap();
  await expect(page).not.toHaveURL(/color=/);
});

test('a box is drawn anywhere on the photo: nothing lies over it', async ({ page }) => {
  await searchWithScene(page);
  const found = await garments(page).count();
  await page.getByRole('button', { name: 'Draw a box around a garment' }).first().tap();
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

test('the enlarged photo is zoomed by two fingers', async ({ page, context }) => {
  await searchWithScene(page);
  await page.getByRole('button', { name: 'Enlarge the photo' }).tap();
  const photo = page.getByRole('dialog').getByRole('img', { name: /Your photo/ });
  const { x, y, width, height } = (await photo.boundingBox())!;
  const browser = await context.newCDPSession(page);
  const middle = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
  await browser.send('Input.synthesizePinchGesture', {
    ...middle,
    scaleFactor: 2,
    gestureSourceType: 'touch',
  });
  await expect.poll(async () => (await photo.boundingBox())!.width).toBeGreaterThan(width * 1.3);
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
