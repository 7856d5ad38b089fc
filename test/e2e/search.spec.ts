import { heicPath } from '../helpers/heic.ts';
import {
  askWhy,
  chooseFile,
  expect,
  garments,
  giveScene,
  pointUpon,
  scenePath,
  searchWithScene,
  similarItems,
  test,
  titleOfMatch,
} from './fixtures.ts';

test('a photo leads by its garments to similar items, and on to an item and its similar items', async ({
  page,
}) => {
  await searchWithScene(page);
  const outlines = page.locator('svg g[data-category]');
  expect(await outlines.count()).toBe(await garments(page).count());
  await expect(garments(page).first()).toBeChecked();
  await expect(await askWhy(page, 0)).toContainText(/\d+% match/);
  await page.keyboard.press('Escape');

  const title = await titleOfMatch(page, 0);
  await similarItems(page).first().click();
  await expect(page).toHaveURL(/\/items\/.+/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(similarItems(page).first()).toBeVisible();

  await page.goBack();
  await expect(garments(page).first()).toBeVisible();
});

test('a HEIC photo as telephones take them is searched with, in a browser that cannot show it', async ({
  page,
}) => {
  await page.goto('/');
  await chooseFile(page, heicPath('scene'));
  await expect(page).toHaveURL(/\/photos\/[\w-]+/);
  await expect(garments(page).first()).toBeVisible();
});

test('another garment is chosen by keyboard, and the address keeps it', async ({ page }) => {
  await searchWithScene(page);
  await expect(similarItems(page).first()).toBeVisible();
  expect(await garments(page).count()).toBeGreaterThan(1);

  await garments(page).first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(garments(page).nth(1)).toBeChecked();
  await expect(page).toHaveURL(/garment=/);
  await expect(similarItems(page).first()).toBeVisible();

  await page.reload();
  await expect(garments(page).nth(1)).toBeChecked();
  await expect(similarItems(page).first()).toBeVisible();
});

test('a garment is chosen by its outline on the photo', async ({ page }) => {
  await searchWithScene(page);
  const other = (await garments(page).nth(1).getAttribute('value')) ?? '';
  const { x, y } = await pointUpon(page, other);
  await page.mouse.click(x, y);
  await expect(garments(page).nth(1)).toBeChecked();
  await expect(page).toHaveURL(new RegExp(`garment=${other}`));
});

for (const way of ['paste', 'drop'] as const) {
  test(`a photo can be given by ${way}`, async ({ page }) => {
    await page.goto('/items');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await giveScene(page, way);
    await expect(page).toHaveURL(/\/photos\/[\w-]+/);
    await expect(garments(page).first()).toBeVisible();
  });
}

test('a drawn scene is searched with by a click, and tried again where it did not arrive', async ({
  page,
}) => {
  await page.goto('/');
  const scenes = page.getByRole('region', { name: /drawn/ }).getByRole('button');
  await expect(scenes.first().getByRole('img')).toBeVisible();
  // The picture in the page is there already.
  await page.route('**/scenes/scene-*.webp', (route) =>
    route.request().resourceType() === 'fetch' ? route.abort() : route.fallback(),
  );
  await scenes.first().click();
  await expect(page.getByRole('alert').filter({ hasText: 'No connection' })).toBeVisible();
  await page.unroute('**/scenes/scene-*.webp');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page).toHaveURL(/\/photos\/[\w-]+/);
  await expect(garments(page).first()).toBeVisible();
});

test('a photo that could not be deleted stays in the list, and a deleted one is gone', async ({
  page,
  context,
}) => {
  await searchWithScene(page);
  const address = page.url();
  await page.getByRole('link', { name: 'Armoire', exact: true }).click();
  const own = page.getByRole('region', { name: 'Your photos' }).getByRole('button');
  await context.setOffline(true);
  await own.click();
  await expect(page.getByRole('alert').filter({ hasText: 'No connection' })).toBeVisible();
  await context.setOffline(false);
  await own.click();
  await expect(own).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByText('This photo is no longer here')).toBeVisible();
});

test('an upload shows its progress, and can be cancelled', async ({ page, context }) => {
  await page.goto('/');
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  const slow = { offline: false, latency: 50, downloadThroughput: -1, uploadThroughput: 8 * 1024 };
  await network.send('Network.emulateNetworkConditions', slow);
  await chooseFile(page, scenePath());
  await expect(page.getByText(/Uploading \d+%/)).toBeVisible();
  await expect(page.getByRole('img', { name: 'The one you chose' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Bring your own photo');
  await expect(page).toHaveURL(/\/$/);
});
