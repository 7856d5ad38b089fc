import { makeItem } from './feeds.ts';
import { catalogueItems, deleteItems, expect, holdBack, importFeed, signIn, test } from './fixtures.ts';

test('an item that could not be read is seen by the shop’s people alone', async ({ page, browser }) => {
  await signIn(page, '/manage/imports');
  const buffer = await makeItem('UNREADABLE', Buffer.from('This is no picture.'));
  await importFeed(page, { name: 'unreadable.zip', mimeType: 'application/zip', buffer });
  await expect(page.getByRole('heading', { level: 1, name: 'unreadable.zip' })).toBeVisible();
  await expect(page.getByText('Nothing imported')).toBeVisible();
  await page.goto('/items');
  await expect(catalogueItems(page).first()).toContainText('Could not be read');
  await expect(catalogueItems(page).first()).toContainText('Look UNREADABLE');
  // Their own list alone, not that of shoppers before it, with which the page arrives.
  const letGo = await holdBack(page, '**/graphql');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('main li').first()).toBeAttached();
  await expect(catalogueItems(page)).toHaveCount(0);
  await letGo();
  await expect(catalogueItems(page).first()).toContainText('Look UNREADABLE');

  const shopper = await browser.newContext();
  const theirs = await shopper.newPage();
  await theirs.goto('/items');
  await expect(catalogueItems(theirs).first()).toBeVisible();
  await expect(theirs.getByText('Look UNREADABLE')).toHaveCount(0);
  // Every tile has a picture.
  await expect(catalogueItems(theirs).filter({ hasNot: theirs.locator('img') })).toHaveCount(0);
  await theirs.goto('/items/UNREADABLE');
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('The shop has no such item');
  await shopper.close();
  await deleteItems(page, ['UNREADABLE']);
});
