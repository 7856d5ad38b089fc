import { drawDemoFeed } from '../../server/demo/feed.ts';
import { zipOf } from '../helpers/zip.ts';
import {
  catalogueItems,
  deleteItems,
  expect,
  importFeed,
  searchWithScene,
  signIn,
  similarItems,
  test,
} from './fixtures.ts';

test('an item leads back to the photo that it was found with, as it was left', async ({ page }) => {
  await page.goto('/items');
  await catalogueItems(page).first().click();
  await expect(page.getByRole('article').first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Back to the photo' })).toHaveCount(0);

  await searchWithScene(page);
  await page.getByLabel('Sort by').selectOption('Newest');
  await expect(page).toHaveURL(/sort=newest/);
  const photo = page.url();
  await similarItems(page).first().click();
  await page.getByRole('link', { name: 'Back to the photo' }).click();
  await expect(page).toHaveURL(photo);
});

test('the colours of an item’s group are choices', async ({ page }) => {
  const colours = ['Red', 'Navy'];
  const ids = colours.map((colour) => `GROUP-${colour}`);
  await signIn(page, '/manage/imports');
  await importFeed(page, await makeGroup(ids, colours));
  await expect(page.getByText('2 items can be searched.')).toBeVisible({ timeout: 60_000 });
  await page.goto(`/items/${ids[0]}`);
  const choices = page.getByRole('navigation', { name: 'Colours' }).getByRole('link');
  await expect(choices).toHaveCount(2);
  await choices.filter({ hasText: 'Navy' }).click();
  await expect(page).toHaveURL(new RegExp(`/items/${ids[1]}$`));
  await expect(choices.filter({ hasText: 'Navy' })).toHaveAttribute('aria-current', 'true');
  await deleteItems(page, ids);
});

/** A feed of one garment in these colours. */
async function makeGroup(ids: string[], colours: string[]) {
  const lines: string[] = [];
  const pictures: Record<string, Buffer> = {};
  for await (const { row, image } of drawDemoFeed({ seed: 5, count: ids.length })) {
    const [id, color] = [ids[lines.length]!, colours[lines.length]];
    pictures[`${id}.webp`] = image;
    lines.push(JSON.stringify({ ...row, id, color, image_link: `${id}.webp`, item_group_id: 'GROUP' }));
  }
  const buffer = await zipOf({ ...pictures, 'feed.jsonl': lines.join('\n') });
  return { name: 'group.zip', mimeType: 'application/zip', buffer };
}
