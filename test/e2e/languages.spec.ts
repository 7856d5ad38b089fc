/// <reference lib="dom" />
import type { Page } from '@playwright/test';
import { LANGUAGES, LOCALES } from '../../web/lib/i18n/languages.ts';
import { MESSAGES } from '../../web/lib/i18n/messages/index.ts';
import { expect, scenePath, sidewaysScroll, signIn, test } from './fixtures.ts';

async function searchWith(page: Page, file: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]) {
  await page.goto('/');
  await page.locator('main input[type="file"]:not([capture])').first().setInputFiles(file);
}

type Tree = { readonly [key: string]: string | Tree };
const texts = (tree: Tree): string[] =>
  Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : texts(value)));
/** English that no German page may show: sentences and labels of two words or more, without values in them. */
const ENGLISH = texts(MESSAGES.en).filter((text) => / /.test(text) && !/[{<]/.test(text));

async function englishOn(page: Page): Promise<string[]> {
  const shown = await page.evaluate(() => {
    const labels = [...document.querySelectorAll('[aria-label], [placeholder], [alt]')].flatMap((element) =>
      ['aria-label', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''),
    );
    // biome-ignore lint/performance/useDomNodeTextContent: only what is shown counts.
    return [document.body.innerText, ...labels].join('\n');
  });
  return ENGLISH.filter((text) => shown.includes(text));
}

test.describe('in German, by the browser’s language', () => {
  test.use({ locale: 'de-DE' });

  test('a photo is searched with, refined and led to an item', async ({ page }) => {
    await searchWith(page, scenePath());
    await expect(page).toHaveURL(/\/photos\/[\w-]+/);
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expect(page).toHaveTitle(/^Foto: .+ · Armoire$/);
    await expect(page.getByRole('group', { name: /^\d+ Kleidungsstücke? gefunden/ })).toBeVisible();
    const matches = page
      .getByRole('list', { name: /^(Ähnliche|Weniger ähnliche) Artikel$/ })
      .getByRole('link');
    await expect(matches.first()).toBeVisible();
    await expect(matches.first()).toContainText(/\d,\d\d\s€/);
    expect(await englishOn(page)).toEqual([]);
    const item = (await matches.first().getAttribute('href'))!;

    await page.getByPlaceholder(/^So, aber/).fill('in Rot, unter 90 Euro');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Farbe Rot, Preis bis 90', { exact: false }).first()).toBeVisible();
    await expect(matches.first()).toBeVisible();

    await page.goto(item);
    await expect(page.getByRole('heading', { name: 'Ähnliche Artikel' })).toBeVisible();
    await expect(page.getByRole('article').first()).toContainText('Auf Lager');
    await page.getByRole('region', { name: 'Look vervollständigen' }).scrollIntoViewIfNeeded();
    await expect(page.getByRole('list', { name: 'Outfits' })).toBeVisible();
    expect(await englishOn(page)).toEqual([]);
    await page
      .getByRole('link', { name: /^Anpassen: / })
      .first()
      .click();
    await expect(page.getByRole('list', { name: 'Weitere Ideen' })).toBeVisible();
    expect(await englishOn(page)).toEqual([]);
  });

  test('the catalogue, what is missing and what cannot be read are told so too', async ({ page }) => {
    await page.goto('/items');
    await expect(page).toHaveTitle('Katalog · Armoire');
    await expect(
      page.getByRole('list', { name: 'Artikel', exact: true }).getByRole('link').first(),
    ).toBeVisible();
    await page.locator('summary', { hasText: 'Kategorie' }).click();
    await expect(page.getByRole('group', { name: 'Kategorie' }).getByRole('checkbox').first()).toBeVisible();
    expect(await englishOn(page)).toEqual([]);
    for (const [address, heading] of [
      ['/nowhere', 'Diese Seite gibt es nicht'],
      ['/items/nowhere', 'Diesen Artikel gibt es im Shop nicht'],
      ['/photos/nowhere', 'Dieses Foto ist nicht mehr da'],
      ['/outfits/nowhere', 'Von diesem Outfit ist nichts mehr da'],
    ] as const) {
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', 'de');
      expect(await englishOn(page), address).toEqual([]);
    }
    await searchWith(page, { name: 'note.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Das ist kein Bild');
    expect(await englishOn(page)).toEqual([]);
  });
});

for (const language of LANGUAGES) {
  test.describe(`on a telephone, in ${language}`, () => {
    test.use({ locale: LOCALES[language], viewport: { width: 360, height: 780 } });

    test('no page is wider than the window', async ({ page }) => {
      const check = async (what: string) => {
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        expect(await sidewaysScroll(page), what).toBe(0);
      };
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await check('start');
      await searchWith(page, scenePath());
      await expect(page).toHaveURL(/\/photos\/[\w-]+/);
      const item = page.locator('#matches a[href^="/items/"]').first();
      await expect(item).toBeVisible();
      await check('photo');
      const address = (await item.getAttribute('href'))!;
      await page.goto(address);
      const outfit = page.locator('#outfits a[href^="/outfits/"]:not([aria-hidden])').first();
      await page.locator('#outfits').scrollIntoViewIfNeeded();
      await expect(outfit).toBeVisible();
      await check('item');
      await page.goto((await outfit.getAttribute('href'))!);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await check('outfit');
      await page.goto('/items');
      await expect(page.locator('main a[href^="/items/"]').first()).toBeVisible();
      await check('catalogue');
      await page.goto('/nowhere');
      await check('no page');
    });
  });
}

test('the shop’s language is chosen in the studio, and goes before the browser’s', async ({ page }) => {
  await signIn(page);
  const choice = page.getByLabel('Language of the shop');
  try {
    await choice.selectOption('French');
    await expect(page.getByText('Shoppers read the pages in French now.')).toBeVisible();
    await page.reload();
    await expect(choice).toHaveValue('FR');
    // The studio stays in English.
    await expect(page.getByRole('navigation', { name: 'Manage' })).toBeVisible();
    await page.goto('/');
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(MESSAGES.fr.start.title);
  } finally {
    await page.goto('/manage');
    await choice.selectOption('');
    await expect(page.getByText('in their browser’s language now')).toBeVisible();
  }
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});
