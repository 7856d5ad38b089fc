import type { Page } from '@playwright/test';
import { seriousViolations } from './axe.ts';
import { expect, scenePath, sidewaysScroll, signIn, test } from './fixtures.ts';

/** Asks the API as the admin. */
async function ask(page: Page, query: string, variables: object = {}) {
  const response = await page.request.post('/graphql', {
    headers: { authorization: `Bearer ${process.env.ARMOIRE_KEY}` },
    data: { query, variables },
  });
  const { data, errors } = await response.json();
  expect(errors).toBeUndefined();
  return data;
}

const side = (page: Page, name: string) =>
  page.getByRole('heading', { level: 3, name }).locator('xpath=..').getByRole('listitem');

test('a search with an item is shown with the rules off and on', async ({ page }) => {
  await signIn(page, '/manage/similar');
  await page.getByRole('list', { name: 'Similar to: choices' }).getByRole('button').first().click();
  await expect(page).toHaveURL(/\?item=/);
  const everything = page.getByText('Also what is not close enough for shoppers');
  await everything.click();
  await expect(side(page, 'Rules off').nth(2)).toBeVisible();
  await expect(page.getByText('The rules change nothing among the first items.')).toBeVisible();
  const third = await side(page, 'Rules off').nth(2).getByRole('link').getAttribute('href');
  const before = await side(page, 'Rules on').nth(2).getByRole('link').getAttribute('href');
  expect(before).toBe(third);
  expect(await seriousViolations(page)).toEqual([]);

  const itemId = third!.replace('/manage/items/', '');
  const { setRule } = await ask(
    page,
    `mutation ($id: ID!) { setRule(rule: { kind: PIN, position: 1, includeOutOfStock: true, target: { itemId: $id } }) { id } }`,
    { id: itemId },
  );
  try {
    // The address keeps what is searched with.
    await page.reload();
    await everything.click();
    await expect(side(page, 'Rules on').first()).toContainText('↑ from 3');
    await expect(side(page, 'Rules on').first().getByRole('link')).toHaveAttribute('href', third!);
    await expect(side(page, 'Rules off').nth(2).getByRole('link')).toHaveAttribute('href', third!);
  } finally {
    await ask(page, 'mutation ($id: ID!) { removeRule(id: $id) { id } }', { id: setRule.id });
  }
});

test('a search with a photo, and with a region drawn on it by keys', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await signIn(page, '/manage/similar');
  await page.getByRole('radio', { name: 'A photo' }).check();
  await page.getByLabel('Choose a photo').setInputFiles(scenePath());
  await expect(page).toHaveURL(/photo=/, { timeout: 60_000 });
  const garments = page.getByRole('group', { name: /garments? found/ }).getByRole('radio');
  await expect(garments.first()).toBeVisible();
  const found = await garments.count();
  await expect(page.getByRole('heading', { name: 'What it finds' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 3, name: 'Rules on' })).toBeVisible();
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);

  await page.getByRole('button', { name: 'Draw a region' }).click();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/garment=/);
  await expect(garments).toHaveCount(found + 1);
  await expect(page.getByRole('heading', { level: 3, name: 'Rules on' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove the drawn one' }).click();
  await expect(garments).toHaveCount(found);
  // Back to another search.
  await page.getByRole('button', { name: 'Another photo' }).click();
  await expect(page.getByLabel('Choose a photo')).toBeVisible();
});

test('what cannot be searched with says so', async ({ page }) => {
  await signIn(page, '/manage/similar?item=there-is-none');
  await expect(page.getByRole('alert').filter({ hasText: 'there-is-none' })).toBeVisible();
  await page.goto('/manage/similar?photo=00000000-0000-4000-8000-000000000000');
  await expect(page.getByRole('alert').filter({ hasText: 'expired or was deleted' })).toBeVisible();
  await page
    .getByLabel('Choose a photo')
    .setInputFiles({ name: 'text.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await expect(page.getByRole('main').getByRole('alert').last()).toBeVisible();
  await expect(page.getByLabel('Choose a photo')).toBeVisible();
});

test('the pages of the system stand together', async ({ page }) => {
  await signIn(page);
  const system = page.getByRole('navigation', { name: 'Manage' }).getByRole('group', { name: 'System' });
  await expect(system.getByRole('link')).toHaveText(['Health', 'Models', 'Webhooks', 'Widgets', 'Keys']);
  await system.getByRole('link', { name: 'Health' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Health' })).toBeVisible();
});
