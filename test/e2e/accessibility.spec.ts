import { seriousContrasts, seriousViolations } from './axe.ts';
import {
  catalogueItems,
  expect,
  managePages,
  searchWithScene,
  signIn,
  similarItems,
  test,
} from './fixtures.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} scheme`, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });

    test('the pages have no serious accessibility violations', async ({ page }) => {
      await searchWithScene(page);
      await expect(similarItems(page).first()).toBeVisible();
      expect(await seriousViolations(page), 'photo').toEqual([]);
      await similarItems(page).first().click();
      await expect(page).toHaveURL(/\/items\//);
      await expect(similarItems(page).first()).toBeVisible();
      const outfits = page.getByRole('list', { name: 'Outfits' });
      await page.getByRole('region', { name: 'Complete the look' }).scrollIntoViewIfNeeded();
      await expect(outfits).toBeVisible();
      expect(await seriousViolations(page), 'item').toEqual([]);
      await outfits
        .getByRole('link', { name: /^Change it: / })
        .first()
        .click();
      await expect(page.getByRole('list', { name: 'More ideas' })).toBeVisible();
      await page
        .getByRole('button', { name: /^Swap: / })
        .first()
        .click();
      await expect(page.getByRole('group', { name: /^Alternatives/ })).toBeVisible();
      expect(await seriousViolations(page), 'outfit').toEqual([]);
      await page.goto('/items');
      await expect(catalogueItems(page).first()).toBeVisible();
      expect(await seriousViolations(page), 'catalogue').toEqual([]);
      await page.goto('/');
      expect(await seriousViolations(page), 'start').toEqual([]);
    });
  });
}

test('the merchandisers’ pages have no serious accessibility violations in either scheme', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/manage');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await check('sign in');
  await signIn(page);
  for await (const address of managePages(page)) await check(address);

  async function check(what: string) {
    expect(await seriousViolations(page), what).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    // Colours change a moment after the scheme.
    await expect.poll(() => seriousContrasts(page), { message: `${what}, dark` }).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  }
});

test('the first tab stop skips to the content', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
