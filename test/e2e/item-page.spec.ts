import { catalogueItems, expect, searchWithScene, similarItems, test } from './fixtures.ts';

test('an item leads back to the photo that it was found with, as it was left', async ({ page }) => {
  await page.goto('/items');
  await catalogueItems(page).first().click();
  await expect(page.getByRole('article')).toBeVisible();
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
  const response = await page.request.post('/graphql', {
    data: { query: '{ items(first: 50) { edges { node { id variants { id color } } } } }' },
  });
  const items: { node: { id: string; variants: { id: string; color: string }[] } }[] = (await response.json())
    .data.items.edges;
  const { node } = items.find(({ node: { variants } }) => variants.length > 1)!;
  const other = node.variants.find(({ id }) => id !== node.id)!;
  await page.goto(`/items/${node.id}`);
  const colours = page.getByRole('navigation', { name: 'Colours' }).getByRole('link');
  await expect(colours).toHaveCount(new Set(node.variants.map(({ color }) => color)).size);
  await colours.filter({ hasText: other.color }).click();
  await expect(page).toHaveURL(new RegExp(`/items/${other.id}$`));
  await expect(colours.filter({ hasText: other.color })).toHaveAttribute('aria-current', 'true');
});
