import { expect, signIn, test } from './fixtures.ts';
import { type RunningServer, startServer } from './server.ts';

// Enough items of each category for shoppers' pages to search it alone.
const ITEMS = 13 * 6;
let server: RunningServer;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await startServer({ items: ITEMS });
});
test.afterAll(() => server?.stop());

test('a preview shows what shoppers get, and the list says where a rule holds', async ({ page }) => {
  const ask = async (query: string) => {
    const response = await page.request.post(`${server.url}/graphql`, { data: { query } });
    return (await response.json()).data;
  };
  const { items } = await ask(
    '{ items(first: 100, filter: { categories: [SKIRT] }) { edges { node { id title imageUrl } } } }',
  );
  const skirts = new Set<string>(items.edges.map(({ node }: { node: { title: string } }) => node.title));
  expect(skirts.size).toBeGreaterThanOrEqual(4);

  await signIn(page, `${server.url}/manage/rules?rule=new&item=${items.edges[0].node.id}`, server.key);
  await expect(page.getByRole('note')).toContainText('for every search');
  const listed = page
    .getByRole('heading', { name: 'Before', exact: true })
    .locator('xpath=following-sibling::ol');
  await expect(page.getByText('Shoppers see matches of the same category first: skirt')).toBeVisible();
  const titles = async () =>
    listed.getByRole('img').evaluateAll((all) => all.map((one) => one.getAttribute('alt') ?? ''));
  expect((await titles()).length).toBeGreaterThanOrEqual(2);
  expect((await titles()).filter((title) => !skirts.has(title))).toEqual([]);
  await page.getByText('Preview all categories').click();
  await expect
    .poll(async () => (await titles()).filter((title) => !skirts.has(title)).length)
    .toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Save the rule' }).click();
  const row = page.getByRole('list', { name: 'Rules' }).getByRole('listitem').first();
  await expect(row).toContainText('in all searches');
  await row.getByRole('link', { name: /^Edit/ }).click();
  await page.locator('summary', { hasText: 'Only in some searches' }).click();
  await page.getByText('Skirt', { exact: true }).click();
  await expect(page.getByRole('note')).toHaveCount(0);
  await page.getByRole('button', { name: 'Save the rule' }).click();
  await expect(row).toContainText('in searches for skirt');
});
