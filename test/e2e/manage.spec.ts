/// <reference lib="dom" />
import { expect, managePages, sidewaysScroll, signIn, test } from './fixtures.ts';

test('whoever has no key, or a wrong one, is told what to do', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Manage the shop' }).click();
  await expect(page.getByRole('heading', { name: 'Where is the key?' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Paste your key first' })).toBeVisible();

  const field = page.getByLabel('Key', { exact: true });
  await field.fill('arm_short');
  await field.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'not a whole key' })).toBeVisible();
  await field.fill(`arm_${'a'.repeat(43)}`);
  await field.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'unknown or was revoked' })).toBeVisible();
  await expect(field).toBeFocused();
});

test('the pages open without channels between tabs, and with damaged storage', async ({ page }) => {
  await page.addInitScript(() => {
    // As browsers do that are told to store nothing.
    window.BroadcastChannel = class {
      constructor() {
        throw new DOMException('Not allowed.', 'SecurityError');
      }
    } as never;
    sessionStorage.setItem('armoire.session', '{}');
    const photos = { one: null, two: 5, three: { token: '', expiresAt: '2999', thumbnail: 5 } };
    localStorage.setItem('armoire.photos', JSON.stringify(photos));
  });
  await page.goto('/manage');
  await expect(page.getByLabel('Key', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Armoire', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Bring your own photo');
  await expect(page.getByRole('region', { name: 'Your photos' })).toHaveCount(0);
});

test('a key opens the pages, a reload keeps them open, and signing out closes them', async ({ page }) => {
  // As one copies it: the whole line of the server's output.
  await page.goto('/manage');
  const line = `Admin key, shown only this once: ${process.env.ARMOIRE_KEY}`;
  await page.getByLabel('Key', { exact: true }).fill(line);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Signed in as admin')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Signed in as admin')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Key', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Key', { exact: true })).toBeVisible();
});

test('a new tab is signed in as well, and signing out closes them all', async ({ page, context }) => {
  await signIn(page, '/manage/rules');
  const other = await context.newPage();
  await other.goto('/manage');
  await expect(other.getByText('Signed in as admin')).toBeVisible();
  await other.reload();
  await expect(other.getByText('Signed in as admin')).toBeVisible();
  // Also one that shows another site at that moment.
  const away = await context.newPage();
  await away.goto('/manage/rules');
  await expect(away.getByRole('navigation', { name: 'Manage' })).toBeVisible();
  await away.goto('about:blank');
  await other.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Key', { exact: true })).toBeVisible();
  await away.goBack();
  await expect(away.getByLabel('Key', { exact: true })).toBeVisible();
  await away.close();

  // Signing in reaches the tab that waits for a key, too.
  await signIn(page, '/manage');
  await expect(other.getByText('Signed in as admin')).toBeVisible();
});

test('nothing scrolls sideways on a telephone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page);
  for await (const address of managePages(page)) {
    expect(await sidewaysScroll(page), address).toBeLessThanOrEqual(0);
  }
});
