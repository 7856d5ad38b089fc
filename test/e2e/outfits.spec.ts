/// <reference lib="dom" />
import type { Locator, Page } from '@playwright/test';
import { makeFeed } from './feeds.ts';
import {
  catalogueItems,
  deleteItems,
  expect,
  holdBack,
  importFeed,
  searchWithScene,
  sidewaysScroll,
  signIn,
  similarItems,
  test,
} from './fixtures.ts';

test('an item’s page completes the look, and each piece leads to its item', async ({ page }) => {
  await openItem(page);
  const title = (await page.getByRole('heading', { level: 1 }).textContent())!;
  const first = await firstOutfit(page);
  await expect(first.getByRole('listitem').filter({ hasText: 'What you chose' })).toContainText(title);
  await expect(first).toContainText(/[€$£]\d/);
  // Not what was chosen, but what goes with it.
  await expect(piecesOf(first).filter({ hasText: title })).toHaveCount(0);
  await expect.poll(() => loadedPictures(first)).toBeGreaterThanOrEqual(2);
  const piece = piecesOf(first).first();
  const address = (await piece.getAttribute('href'))!;
  await piece.click();
  await expect(page).toHaveURL(new RegExp(`${address}(\\?|$)`));
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(title);
});

test('outfits are asked for once their section comes near, and a failure can be tried again', async ({
  page,
}) => {
  // So low that the similar items keep the section away, even before they are loaded.
  await page.setViewportSize({ width: 1280, height: 450 });
  let asked = 0;
  await page.route('**/graphql', (route) => {
    const isFirst = isOutfitQuery(route.request().postData()) && ++asked === 1;
    return isFirst ? route.abort() : route.continue();
  });
  await searchWithScene(page);
  await expect(similarItems(page).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(asked).toBe(0);
  await section(page).scrollIntoViewIfNeeded();
  await section(page).getByRole('button', { name: 'Try again' }).click();
  await expect(outfits(page).first()).toBeVisible();
});

test('a photo’s page completes what is worn, or the chosen garment alone', async ({ page }) => {
  await searchWithScene(page);
  await section(page).scrollIntoViewIfNeeded();
  await expect(
    outfits(page)
      .first()
      .or(section(page).getByRole('heading', { level: 2 }).nth(1)),
  ).toBeVisible();
  await page
    .locator('label')
    .filter({ hasText: /^Only th/ })
    .click();
  await expect(page.getByRole('radio', { name: /^Only th/ })).toBeChecked();
  const first = await firstOutfit(page);
  await expect(first.getByText('What you wear')).toHaveCount(1);
  await first.getByRole('link', { name: /^Change it: / }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(rows(page).filter({ hasText: 'From the photo' })).toHaveCount(1);
  await page.goBack();
  await expect(page).toHaveURL(/\/photos\//);
});

test('a locked piece stays when the outfit is shuffled, and so does what was chosen', async ({ page }) => {
  await openBuilder(page);
  const [kept] = await freeRows(page);
  const stays = await linkIn(kept!);
  const chosen = await linkIn(rows(page).filter({ hasText: 'What you chose' }));
  await lockOf(kept!).click();
  await expect(lockOf(kept!)).toHaveAttribute('aria-pressed', 'true');
  const before = await itemsShown(page);
  await page.getByRole('button', { name: 'Shuffle' }).click();
  await expect.poll(() => itemsShown(page)).not.toEqual(before);
  for (let times = 0; times < 3; times++) {
    expect(await itemsShown(page)).toEqual(expect.arrayContaining([stays, chosen]));
    const last = page.url();
    await page.getByRole('button', { name: 'Shuffle' }).click();
    await expect.poll(() => page.url()).not.toBe(last);
  }

  // A piece that is locked while an answer is on its way stays, too.
  const [, other] = await freeRows(page);
  const staysToo = await linkIn(other!);
  const go = await holdBack(page, '**/graphql');
  const shuffled = page.waitForResponse((response) => isOutfitQuery(response.request().postData()));
  await page.getByRole('button', { name: 'Shuffle' }).click();
  await lockOf(other!).click();
  await go();
  await (await shuffled).finished();
  await expect(page.getByRole('button', { name: 'Shuffle' })).toHaveAttribute('aria-busy', 'false');
  await expect(lockOf(other!)).toHaveAttribute('aria-pressed', 'true');
  expect(await itemsShown(page)).toEqual(expect.arrayContaining([stays, staysToo, chosen]));

  // What is answered once the visitor has left changes nothing on the next page.
  const come = await holdBack(page, '**/graphql');
  await page.getByRole('button', { name: 'Shuffle' }).click();
  await page.getByRole('link', { name: 'Catalogue' }).click();
  await expect(page).toHaveURL(/\/items$/);
  const answered = page.waitForResponse((response) => isOutfitQuery(response.request().postData()));
  await come();
  await (await answered).finished();
  await expect(catalogueItems(page).first()).toBeVisible();
  await expect(page).toHaveURL(/\/items$/);
});

test('a piece is swapped for an alternative, its price counts, and a reload keeps it', async ({ page }) => {
  await openBuilder(page);
  const before = await itemsShown(page);
  await openAlternatives(page);
  const choices = alternatives(page);
  await choices.nth(1).locator('..').click();
  await expect(choices.nth(1)).toBeChecked();
  await expect.poll(() => itemsShown(page)).not.toEqual(before);
  const after = await itemsShown(page);
  expect(after.filter((item) => !before.includes(item))).toHaveLength(1);
  await expect.poll(() => total(page)).toBeCloseTo(await sumOfPrices(page), 2);
  await page.reload();
  await expect(rows(page).first()).toBeVisible();
  expect(await itemsShown(page)).toEqual(after);
});

test('a piece is removed and added again, and each change can be undone', async ({ page }) => {
  await openBuilder(page);
  const before = await itemsShown(page);
  await page
    .getByRole('button', { name: /^Remove: / })
    .first()
    .click();
  await expect(rows(page)).toHaveCount(before.length - 1);
  await expect(undo(page)).toBeFocused();
  await undo(page).click();
  await expect.poll(() => itemsShown(page)).toEqual(before);

  await page
    .getByRole('button', { name: /^Remove: / })
    .first()
    .click();
  await expect(rows(page)).toHaveCount(before.length - 1);
  await page
    .getByRole('button', { name: /^\+? ?Add / })
    .first()
    .click();
  await alternatives(page).first().locator('..').click();
  await expect(rows(page)).toHaveCount(before.length);
  // Back before the addition, then before the removal.
  await page.keyboard.press('Control+z');
  await expect(rows(page)).toHaveCount(before.length - 1);
  await page.keyboard.press('Control+z');
  await expect.poll(() => itemsShown(page)).toEqual(before);
  await expect(undo(page)).toHaveAttribute('aria-disabled', 'true');

  // Two presses before a slow telephone has rendered the first.
  const [one, other] = (await freeRows(page)).map(lockOf);
  const handles = await Promise.all([one!.elementHandle(), other!.elementHandle()]);
  await page.evaluate((locks) => {
    for (const lock of locks) (lock as HTMLElement).click();
  }, handles);
  await expect(one!).toHaveAttribute('aria-pressed', 'true');
  await expect(other!).toHaveAttribute('aria-pressed', 'true');
  await one!.click();
  await other!.click();
  await expect(other!).toHaveAttribute('aria-pressed', 'false');
  // A piece that is locked while another one goes.
  const go = await holdBack(page, '**/graphql');
  await page
    .getByRole('button', { name: /^Remove: / })
    .first()
    .click();
  await other!.click();
  await go();
  await expect(rows(page)).toHaveCount(before.length - 1);
  await expect(page.getByRole('button', { pressed: true })).toHaveCount(1);
});

test('the budget is kept, and an impossible one is explained', async ({ page }) => {
  await openBuilder(page);
  const cheapest = Math.min(...(await ideaTotals(page)));
  // What costs more than this idea is left out from now on.
  await budget(page).fill(String(cheapest));
  await budget(page).press('Enter');
  await expect.poll(() => total(page)).toBeLessThanOrEqual(cheapest);
  await page.getByRole('button', { name: 'Shuffle' }).click();
  await expect.poll(() => total(page)).toBeLessThanOrEqual(cheapest);
  for (const idea of await ideaTotals(page)) expect(idea).toBeLessThanOrEqual(cheapest);

  await budget(page).fill('1');
  await budget(page).press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing within this budget' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove the budget' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing within this budget' })).toHaveCount(0);
  await expect(budget(page)).toHaveValue('');
  expect((await ideaTotals(page)).length).toBeGreaterThan(0);
});

test('the dial changes the ideas, and one of them becomes the outfit', async ({ page }) => {
  await openBuilder(page);
  await page.getByRole('slider').focus();
  for (let times = 0; times < 5; times++) await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/vary=1/);
  await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', 'very varied');
  const before = await itemsShown(page);
  const idea = ideas(page).and(page.locator('[aria-pressed="false"]')).first();
  await idea.click();
  await expect.poll(() => itemsShown(page)).not.toEqual(before);
  await undo(page).click();
  await expect.poll(() => itemsShown(page)).toEqual(before);
  // What is changed again after a pause is a step of its own; the five presses were one.
  await page.waitForTimeout(1100);
  await page.getByRole('slider').press('ArrowLeft');
  await expect(page).not.toHaveURL(/vary=1(?:&|$)/);
  await undo(page).click();
  await expect(page).toHaveURL(/vary=1(?:&|$)/);
  await undo(page).click();
  await expect(page).not.toHaveURL(/vary=/);
});

test('a shared link restores the outfit in another browser', async ({ page, browser }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openBuilder(page);
  await page.getByRole('button', { name: 'Shuffle' }).click();
  await expect(undo(page)).toHaveAttribute('aria-disabled', 'false');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByText('The link is copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const shown = await itemsShown(page);

  const other = await browser.newContext();
  const theirs = await other.newPage();
  await theirs.goto(link);
  await expect(rows(theirs).first()).toBeVisible();
  expect(await itemsShown(theirs)).toEqual(shown);
  expect(await total(theirs)).toBeCloseTo(await total(page), 2);
  await other.close();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a shared outfit arrives with its pieces', async ({ page, browser }) => {
    const other = await browser.newContext({ javaScriptEnabled: true });
    const theirs = await other.newPage();
    await openBuilder(theirs);
    const [address, shown] = [theirs.url(), await itemsShown(theirs)];
    await other.close();
    await page.goto(address);
    expect(await itemsShown(page)).toEqual(shown);
    await expect(page).toHaveTitle(/, .+ · Armoire/);
  });
});

test('an address that is no outfit answers 404, and says so', async ({ page }) => {
  for (const id of ['no-outfit', 'AQICAQAI', encodeURIComponent('<b>/..')]) {
    const response = await page.goto(`/outfits/${id}`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing of this outfit is left');
  }
});

test('a restored outfit says which piece is gone, and finds another one', async ({ page }) => {
  const ids = await importItems(page, 'OUTFIT', 6);
  await openItem(page, '/items/OUTFIT-1');
  await (await firstOutfit(page)).getByRole('link', { name: /^Change it: / }).click();
  await expect(ideas(page).first()).toBeVisible();
  await expect(rows(page).filter({ hasText: 'What you chose' })).toHaveCount(1);
  await deleteItems(page, ids);
  await page.reload();
  const note = page.getByRole('heading', { name: /^Gone since this outfit was made/ });
  await expect(note).toBeVisible();
  await page.waitForLoadState('networkidle');
  const left = await itemsShown(page);
  expect(left).not.toContain('/items/OUTFIT-1');
  await page
    .getByRole('button', { name: /^Find another/ })
    .first()
    .click();
  await alternatives(page).first().locator('..').click();
  await expect(note).toHaveCount(0);
  await expect(rows(page)).toHaveCount(left.length + 1);
});

test('everything can be done with the keyboard alone', async ({ page }) => {
  await openItem(page);
  // Not by Playwright's own scrolling, which fails where React replaces the section meanwhile.
  await section(page).evaluate((element) => element.scrollIntoView());
  await expect(outfits(page).first()).toBeVisible();
  await tabTo(page, page.getByRole('link', { name: /^Change it: / }).first());
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/outfits\//);
  await expect(ideas(page).first()).toBeVisible();

  await page.getByRole('heading', { level: 1 }).evaluate((heading) => {
    heading.tabIndex = -1;
    heading.focus();
  });
  const before = await itemsShown(page);
  await tabTo(page, page.getByRole('button', { name: 'Shuffle' }));
  await page.keyboard.press('Enter');
  await expect.poll(() => itemsShown(page)).not.toEqual(before);
  await expect(page.getByRole('button', { name: 'Shuffle' })).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: /^Another outfit: / })).toBeAttached();

  const lock = page.getByRole('button', { name: /^Lock: / }).first();
  await tabTo(page, lock);
  await page.keyboard.press('Space');
  await expect(lock).toHaveAttribute('aria-pressed', 'true');

  const swap = await openAlternatives(page, async (button) => {
    await tabTo(page, button);
    await page.keyboard.press('Enter');
  });
  await tabTo(page, alternatives(page).first());
  const shown = await itemsShown(page);
  await page.keyboard.press('ArrowRight');
  await expect(alternatives(page).nth(1)).toBeChecked();
  await expect.poll(() => itemsShown(page)).not.toEqual(shown);
  await page.keyboard.press('Escape');
  await expect(alternatives(page)).toHaveCount(0);
  await expect(swap).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect.poll(() => itemsShown(page)).toEqual(shown);

  await tabTo(page, page.getByRole('slider'));
  await page.keyboard.press('End');
  await expect(page).toHaveURL(/vary=1/);
});

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });

  test('outfits are built by touch: nothing scrolls sideways, and nothing is too small to touch', async ({
    page,
  }) => {
    await openItem(page);
    const first = await firstOutfit(page);
    expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
    expect(await tooSmall(page)).toEqual([]);
    await first.getByRole('link', { name: /^Change it: / }).tap();
    await expect(ideas(page).first()).toBeVisible();
    const before = await itemsShown(page);
    // The bar stays in view, wherever the page is scrolled to.
    await page.getByRole('button', { name: 'Shuffle' }).tap();
    await expect.poll(() => itemsShown(page)).not.toEqual(before);
    await openAlternatives(page);
    await alternatives(page).nth(1).locator('..').tap();
    await expect(alternatives(page).nth(1)).toBeChecked();
    await page
      .getByRole('button', { name: /^Lock: / })
      .first()
      .tap();
    expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
    expect(await tooSmall(page)).toEqual([]);
    await undo(page).tap();
    await expect(page.getByRole('button', { name: /^Lock: / }).first()).toHaveAttribute(
      'aria-pressed',
      'false',
    );
  });
});

function section(page: Page): Locator {
  return page.getByRole('region', { name: 'Complete the look' });
}

function outfits(page: Page): Locator {
  return page.getByRole('list', { name: 'Outfits' }).getByRole('article');
}

function piecesOf(outfit: Locator): Locator {
  return outfit.getByRole('listitem').getByRole('link');
}

/** The builder's pieces. */
function rows(page: Page): Locator {
  return page.getByRole('list', { name: 'Pieces' }).locator('> li');
}

function ideas(page: Page): Locator {
  return page.getByRole('list', { name: 'More ideas' }).getByRole('button');
}

function alternatives(page: Page): Locator {
  return page.getByRole('group', { name: /^Alternatives/ }).getByRole('radio');
}

function undo(page: Page): Locator {
  return page.getByRole('button', { name: 'Undo', exact: true }).last();
}

function budget(page: Page): Locator {
  return page.getByLabel(/^Budget/);
}

function lockOf(row: Locator): Locator {
  return row.getByRole('button', { name: /^Lock: / });
}

/** The rows of pieces that may change. */
async function freeRows(page: Page): Promise<Locator[]> {
  return rows(page)
    .filter({ has: page.getByRole('button', { name: /^Lock: / }) })
    .all();
}

function linkIn(row: Locator): Promise<string> {
  return row
    .getByRole('link')
    .first()
    .getAttribute('href')
    .then((href) => href ?? '');
}

/** Shows the alternatives of the first piece that has any, and returns the button that did so. */
async function openAlternatives(
  page: Page,
  press: (button: Locator) => Promise<void> = (button) => button.click(),
): Promise<Locator> {
  const swaps = page.getByRole('button', { name: /^Swap: / });
  for (let at = 0; at < (await swaps.count()); at++) {
    await press(swaps.nth(at));
    await expect(swaps.nth(at)).toHaveAttribute('aria-expanded', 'true');
    const none = page.getByText(/^Nothing else goes with the rest/);
    await expect(alternatives(page).nth(1).or(none)).toBeAttached();
    if ((await none.count()) === 0) return swaps.nth(at);
  }
  throw new Error('No piece has an alternative.');
}

/** The addresses of the builder's items, in the order of their slots. */
function itemsShown(page: Page): Promise<string[]> {
  return rows(page)
    .locator('a[href^="/items/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
}

async function openItem(page: Page, address?: string): Promise<void> {
  await page.goto(address ?? (await itemOfTheDemo(page)));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** A skirt, trousers or a top, so that its outfits have several pieces. */
async function itemOfTheDemo(page: Page): Promise<string> {
  await page.goto('/items?category=TROUSERS&category=SKIRT');
  await expect(catalogueItems(page).last()).toHaveAttribute('href', /^\/items\/ARM-/);
  return (await catalogueItems(page).last().getAttribute('href'))!;
}

async function firstOutfit(page: Page): Promise<Locator> {
  // Not by Playwright's own scrolling, which fails where React replaces the section meanwhile.
  await section(page).evaluate((element) => element.scrollIntoView());
  await expect(outfits(page).first()).toBeVisible();
  return outfits(page).first();
}

/** An outfit of an item with three pieces, in the builder. */
async function openBuilder(page: Page, item?: string): Promise<void> {
  await openItem(page, item);
  await firstOutfit(page);
  const three = outfits(page).filter({ has: page.getByRole('listitem').nth(2) });
  await three
    .first()
    .getByRole('link', { name: /^Change it: / })
    .click();
  await expect(page).toHaveURL(/\/outfits\//);
  await expect(ideas(page).first()).toBeVisible();
}

/** Pictures of the collage that the browser could show. */
function loadedPictures(outfit: Locator): Promise<number> {
  return outfit
    .locator('img')
    .evaluateAll((images) => images.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length);
}

async function total(page: Page): Promise<number> {
  return amountIn(
    (await page
      .getByText(/^Total: /)
      .filter({ visible: true })
      .first()
      .locator('..')
      .textContent()) ?? '',
  );
}

async function ideaTotals(page: Page): Promise<number[]> {
  await expect(ideas(page).first()).toContainText(/\d/);
  return (await ideas(page).allTextContents()).map(amountIn);
}

async function sumOfPrices(page: Page): Promise<number> {
  return (await rows(page).allTextContents()).map(amountIn).reduce((sum, price) => sum + price, 0);
}

/** `Total: €1,128.70` → 1128.7 */
function amountIn(text: string): number {
  return Number(/[\d,]+\.\d\d/.exec(text)?.[0].replaceAll(',', ''));
}

async function importItems(page: Page, prefix: string, count: number): Promise<string[]> {
  await signIn(page, '/manage/imports');
  const buffer = await makeFeed(prefix, count);
  await importFeed(page, { name: 'outfit.zip', mimeType: 'application/zip', buffer });
  await expect(page.getByRole('status').filter({ hasText: `${count} items can be searched` })).toBeVisible({
    timeout: 90_000,
  });
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
}

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expect(target).toBeInViewport();
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target}.`);
}

function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'main button, main select, main summary, main a, main input[type=range]',
      ),
    ]
      .filter((element) => element.getClientRects().length > 0 && element.getBoundingClientRect().height < 44)
      .map((element) => `${element.tagName} ${element.textContent}`),
  );
}

function isOutfitQuery(body: string | null): boolean {
  return /query OutfitsAround\b/.test(body ?? '');
}
