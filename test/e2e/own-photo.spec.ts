/// <reference lib="dom" />
import { expect, garments, searchWithScene, signIn, similarItems, test } from './fixtures.ts';

const drawing = { name: 'Draw a box around a garment' };

test('whoever has the link of a photo may look at it, and not change or delete it', async ({
  page,
  browser,
}) => {
  await searchWithScene(page);
  const url = page.url();
  await expect(page.getByRole('img', { name: /Your photo/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete my photo' })).toBeVisible();
  await expect(page.getByRole('button', drawing)).toBeVisible();

  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  await theirs.goto(url);
  await expect(garments(theirs).first()).toBeVisible();
  await expect(similarItems(theirs).first()).toBeVisible();
  await expect(theirs.getByText(/It is deleted on/)).toBeVisible();
  await expect(theirs.getByRole('button', { name: /Delete/ })).toHaveCount(0);
  await expect(theirs.getByRole('button', drawing)).toHaveCount(0);
  await expect(theirs.getByText(/your photo/i)).toHaveCount(0);
  await expect(theirs.getByRole('img', { name: /Your photo/ })).toHaveCount(0);
  const [, id] = /photos\/([\w-]+)/.exec(url)!;
  const { errors } = await ask(theirs, `mutation { deletePhoto(id: "${id}") }`);
  expect(errors[0].extensions.code).toBe('FORBIDDEN');
  await stranger.close();

  await page.reload();
  await page.getByRole('button', { name: 'Delete my photo' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Bring your own photo');
  await page.goto(url);
  await expect(page.getByText('This photo is no longer here')).toBeVisible();
});

test('a photo is its uploader’s in a new tab of the same browser too', async ({ page, context }) => {
  await searchWithScene(page);
  const tab = await context.newPage();
  await tab.goto(page.url());
  await expect(tab.getByRole('button', { name: 'Delete my photo' })).toBeVisible();
});

test('the shop’s people may delete a photo that somebody else uploaded', async ({ page, browser }) => {
  await searchWithScene(page);
  const shop = await browser.newContext();
  const theirs = await shop.newPage();
  await signIn(theirs);
  await theirs.goto(page.url());
  await theirs.getByRole('button', { name: 'Delete this photo' }).click();
  await expect(theirs.getByRole('heading', { level: 1 })).toContainText('Bring your own photo');
  await shop.close();
  await page.reload();
  await expect(page.getByText('This photo is no longer here')).toBeVisible();
});

test('a refusal is told in the server’s own words', async ({ page }) => {
  await searchWithScene(page);
  await page.evaluate(() => {
    const photos = JSON.parse(localStorage.getItem('armoire.photos') ?? '{}');
    for (const photo of Object.values<{ token: string }>(photos)) photo.token = 'photo_of-somebody-else';
    localStorage.setItem('armoire.photos', JSON.stringify(photos));
  });
  await page.reload();
  await page.getByRole('button', { name: 'Delete my photo' }).click();
  await expect(page.getByText("This is not the photo's ownerToken.")).toBeVisible();
});

test('the link is shared: by the device where it can, else copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await searchWithScene(page);
  const [, path] = /(\/photos\/[\w-]+)/.exec(page.url())!;
  await page.evaluate(() =>
    Object.defineProperty(navigator, 'share', { value: undefined, configurable: true }),
  );
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByText(/The link is copied/)).toBeVisible();
  expect(new URL(await page.evaluate(() => navigator.clipboard.readText())).pathname).toBe(path);

  const shared = page.evaluate(
    () =>
      new Promise((resolve) => {
        const share = async ({ url }: ShareData) => resolve(url);
        Object.defineProperty(navigator, 'share', { value: share, configurable: true });
      }),
  );
  await page.getByRole('button', { name: 'Share' }).click();
  expect(await shared).toBe(new URL(path!, page.url()).href);
});

async function ask(page: import('@playwright/test').Page, query: string) {
  return (await page.request.post('/graphql', { data: { query } })).json();
}
