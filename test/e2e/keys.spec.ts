import { answer, expect, signIn, test } from './fixtures.ts';

test('a key is made, shown once, lets a merchandiser in, and is revoked', async ({ page, browser }) => {
  await signIn(page, '/manage/keys');
  await page.getByLabel('What is it for?').fill('Nightly feed');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByRole('heading', { name: 'The key for Nightly feed' })).toBeFocused();
  const key = (await page.getByTestId('new-secret').textContent()) ?? '';
  expect(key).toMatch(/^arm_[\w-]{43}$/);
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.reload();
  await expect(page.getByRole('row', { name: /Nightly feed/ })).toBeVisible();
  await expect(page.getByText(key)).toHaveCount(0);

  const other = await browser.newContext();
  const guest = await other.newPage();
  await signIn(guest, '/manage', key);
  await expect(guest.getByText('Signed in as merchandiser')).toBeVisible();
  await expect(guest.getByRole('link', { name: 'Keys' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Revoke Nightly feed' }).click();
  await answer(page, 'Leave it');
  await expect(page.getByRole('button', { name: 'Revoke Nightly feed' })).toBeFocused();
  await page.getByRole('button', { name: 'Revoke Nightly feed' }).click();
  await answer(page, 'Revoke the key');
  await expect(page.getByRole('row', { name: /Nightly feed/ })).toContainText('Revoked');

  await guest.getByRole('navigation', { name: 'Manage' }).getByRole('link', { name: 'Imports' }).click();
  await expect(guest.getByText('Your key is no longer in force')).toBeVisible();
  await other.close();
});

test('a widget’s key wants hosts, and cannot sign in', async ({ page }) => {
  await signIn(page, '/manage/keys');
  await page.getByLabel('What is it for?').fill('Blog');
  await page.getByLabel('Widget:').check();
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'List the hosts' })).toBeVisible();
  await page.getByLabel('Hosts', { exact: true }).fill('blog.example\n*.shop.example');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByRole('heading', { name: 'The key for Blog' })).toBeVisible();
  const key = (await page.getByTestId('new-secret').textContent()) ?? '';
  const row = page.getByRole('row', { name: /Blog/ }).first();
  await expect(row).toContainText('*.shop.example');

  // Pressed as quickly as a key repeats: what is sent last is what was chosen last.
  const share = row.getByLabel(/Visits without recommendations/);
  await share.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
  await expect(share).toHaveValue('0.2');
  await page.waitForLoadState('networkidle');
  await page.reload();
  await expect(share).toHaveValue('0.2');

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Key', { exact: true }).fill(key);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'widget’s key' })).toBeVisible();
});

test('the last admin key cannot be revoked', async ({ page }) => {
  await signIn(page, '/manage/keys');
  await page.getByRole('button', { name: 'Revoke The first key' }).click();
  await answer(page, 'Revoke the key');
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('admin');
});
