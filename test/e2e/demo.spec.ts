import { answer, expect, signIn, test } from './fixtures.ts';
import { type RunningServer, startServer } from './server.ts';

// A server of its own: what is removed here would be missing elsewhere.
let server: RunningServer;
test.beforeAll(async () => {
  server = await startServer({ items: 2 });
});
test.afterAll(() => server?.stop());

test('a shop gets its own name and loses the drawn items', async ({ page }) => {
  const hint = page.getByText('npm run import').first();
  await page.goto(`${server.url}/items`);
  await expect(page.getByText('items are drawings').first()).toBeVisible();
  await expect(hint).toBeVisible();

  await signIn(page, `${server.url}/manage`, server.key);
  await page.getByLabel('Name of the shop').fill('Marlene');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Marlene' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Marlene' })).toBeVisible();

  await page.getByRole('button', { name: 'Remove the drawn items' }).click();
  await expect(page.getByRole('dialog')).toContainText('2 drawn items');
  await answer(page, 'Remove them');
  await expect(page.getByText('2 drawn items removed.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove the drawn items' })).toHaveCount(0);

  await page.goto(`${server.url}/items`);
  await expect(page.getByRole('heading', { level: 1, name: 'Marlene' })).toBeVisible();
  await expect(page.getByText('The catalogue is empty')).toBeVisible();
  await expect(page.getByText('items are drawings')).toHaveCount(0);
  await page.goto(server.url);
  await expect(hint).toHaveCount(0);
});
