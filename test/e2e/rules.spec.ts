import type { Locator, Page } from '@playwright/test';
import { catalogueItems, expect, signIn, similarItems, test } from './fixtures.ts';

function before(page: Page): Locator {
  return page.getByRole('heading', { name: 'Before', exact: true }).locator('xpath=following-sibling::ol');
}

function after(page: Page): Locator {
  return page.getByRole('heading', { name: 'After', exact: true }).locator('xpath=following-sibling::ol');
}

test('a rule is previewed with pictures, saved, removed and taken back', async ({ page }) => {
  await signIn(page, '/manage/rules');
  await page.getByRole('link', { name: 'Add a rule' }).click();
  await page.getByRole('button', { name: 'Save the rule' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Choose the item' })).toBeVisible();

  // A rule that applies to nothing shows the order as it is.
  await page.getByLabel('Brand', { exact: true }).check();
  await page.getByRole('combobox', { name: 'Brand' }).fill('No such brand');
  await page.getByLabel('Exclude', { exact: true }).check();
  await expect(page.getByText('Nothing changes among the first items')).toBeVisible();
  // What is not saved is not left without a word.
  const asked: string[] = [];
  page.once('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await page.getByRole('link', { name: 'Looks', exact: true }).click();
  expect(asked).toEqual([expect.stringContaining('Leave without saving?')]);
  await expect(page.getByRole('combobox', { name: 'Brand' })).toHaveValue('No such brand');
  // For a brand that the shop has, the items are similar to one of its own.
  const brand = await page.locator('datalist option').first().getAttribute('value');
  await page.getByRole('combobox', { name: 'Brand' }).fill(brand ?? '');
  await expect(before(page).locator('li[data-change="gone"]').first()).toBeVisible();
  await page.getByRole('combobox', { name: 'Brand' }).fill('No such brand');
  await expect(page.getByText('Nothing changes among the first items')).toBeVisible();
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('list', { name: 'Similar to: choices' }).getByRole('button').first().click();
  await expect(before(page).locator('li[data-change]')).toHaveCount(0);
  const first = before(page).getByRole('img').first();
  const title = (await first.getAttribute('alt')) ?? '';
  const picture = `img[src="${await first.getAttribute('src')}"]`;

  // The nearest item is excluded: it goes, and those behind it move up.
  await page.getByLabel('Item', { exact: true }).check();
  await page.getByRole('searchbox', { name: 'The item' }).fill(title);
  await page.getByRole('list', { name: 'The item: choices' }).locator(`button:has(${picture})`).click();
  await expect(before(page).locator(`li[data-change="gone"]:has(${picture})`)).toContainText('gone');
  await expect(after(page).getByRole('img').first()).toBeVisible();
  await expect(after(page).locator(picture)).toHaveCount(0);
  await page.getByRole('button', { name: 'Save the rule' }).click();

  const row = page
    .getByRole('list', { name: 'Rules' })
    .getByRole('listitem')
    .filter({ hasText: title })
    .first();
  await expect(row).toContainText('Active');
  await row.getByRole('button', { name: /^Remove/ }).click();
  await expect(row).toContainText('Removed');
  await expect(row.getByRole('button', { name: /^Restore/ })).toBeFocused();
  await row.getByRole('button', { name: /^Restore/ }).click();
  await expect(row).toContainText('Active');

  // Somebody else changes the rule between two looks at it.
  await row.getByRole('link', { name: /^Edit/ }).click();
  await expect(page.getByLabel('Note')).toHaveValue('');
  await setNote(page, 'By somebody else');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await row.getByRole('link', { name: /^Edit/ }).click();
  await expect(page.getByLabel('Note')).toHaveValue('By somebody else');
  await page.getByLabel('Note').fill('Sold by telephone only');
  await page.getByLabel('From', { exact: true }).fill('2099-01-01T09:00');
  await page.getByRole('button', { name: 'Save the rule' }).click();
  await expect(row).toContainText('Sold by telephone only');
  await expect(row).toContainText('Scheduled');
  await row.getByRole('button', { name: /^Remove/ }).click();
  await expect(row).toContainText('Removed');
  // Also where the list had it as removed.
  await page.reload();
  await page.getByRole('radio', { name: 'Removed' }).check();
  await expect(row).toContainText('Removed');
  await row.getByRole('button', { name: /^Restore/ }).click();
  await expect(row).toContainText('Scheduled');
});

test('on an item’s page a merchandiser puts a category right, and takes that back', async ({ page }) => {
  await page.goto('/items');
  const address = (await catalogueItems(page).first().getAttribute('href')) ?? '';
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'For merchandisers' })).toHaveCount(0);

  await signIn(page);
  await page.goto(address);
  const tools = page.getByRole('region', { name: 'For merchandisers' });
  const category = tools.getByLabel('Category').first();
  const earlier = await category.inputValue();
  const other = earlier === 'SKIRT' ? 'SHORTS' : 'SKIRT';
  await category.selectOption(other);
  await expect(tools.getByRole('status').filter({ hasText: 'It is kept as' })).toBeVisible();
  await expect(category).toHaveValue(other);
  await tools.getByRole('button', { name: 'Undo' }).click();
  await expect(category).toHaveValue(earlier);
  await expect(tools.getByText('Put right by hand')).toHaveCount(0);

  // A rule that is set meanwhile is seen on the way back.
  const match = (await similarItems(page).first().getAttribute('href')) ?? '';
  await similarItems(page).first().click();
  await expect(page).toHaveURL(match);
  await tools.getByRole('link', { name: 'Exclude it' }).click();
  await expect(page.getByLabel('Exclude', { exact: true })).toBeChecked();
  await page.getByRole('button', { name: 'Save the rule' }).click();
  const rule = page.getByRole('list', { name: 'Rules' }).getByRole('listitem').first();
  await expect(rule).toContainText('Exclude');
  await page.evaluate(() => history.go(-3));
  await expect(page).toHaveURL(address);
  await expect(similarItems(page).first()).toBeVisible();
  await expect(similarItems(page).and(page.locator(`[href="${match}"]`))).toHaveCount(0);
  await page.evaluate(() => history.go(3));
  await rule.getByRole('button', { name: /^Remove/ }).click();
  await expect(rule).toContainText('Removed');
});

/** Changes the note of the rule whose form is open, as another tab would. */
async function setNote(page: Page, note: string): Promise<void> {
  const ask = async (query: string, variables = {}) => {
    const headers = { authorization: `Bearer ${process.env.ARMOIRE_KEY}` };
    const { data, errors } = await (
      await page.request.post('/graphql', { headers, data: { query, variables } })
    ).json();
    expect(errors).toBeUndefined();
    return data;
  };
  const id = new URL(page.url()).searchParams.get('rule');
  const { rules } = await ask('{ rules(first: 100) { edges { node { id kind target { itemId } } } } }');
  const { kind, target } = rules.edges.find(({ node }: { node: { id: string } }) => node.id === id).node;
  const rule = { id, kind, target: { itemId: target.itemId }, note };
  await ask('mutation ($rule: RuleInput!) { setRule(rule: $rule) { id } }', { rule });
}
