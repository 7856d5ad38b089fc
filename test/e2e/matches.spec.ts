import { expect, matchTile, searchWithScene, similarItems, test } from './fixtures.ts';

test('a match is picture, title, price and a word; figure and reason wait until they are asked for', async ({
  page,
}) => {
  await searchWithScene(page);
  const first = similarItems(page).first();
  await expect(first).toContainText(/Very close|Close|Same (colour|cut|pattern)/);
  await expect(first).toContainText(/[€$£]\d/);
  await expect(first).not.toContainText('%');
  const figure = matchTile(page, 0).getByText(/^\d+% match$/);
  await expect(figure.first()).toBeHidden();
  await first.hover();
  await expect(figure.first()).toBeVisible();

  // By keyboard alone: from the link to its "why?", which opens and closes.
  await first.focus();
  await page.keyboard.press('Tab');
  await expect(matchTile(page, 0).locator('summary')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(figure.last()).toBeVisible();
  await expect(
    matchTile(page, 0)
      .getByText(/category/i)
      .last(),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(figure.last()).toBeHidden();
});

test.describe('on touch', () => {
  test.use({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });

  test('a long press on a match opens its "why?", and a tap its item', async ({ page }) => {
    await searchWithScene(page);
    const link = similarItems(page).first();
    await link.scrollIntoViewIfNeeded();
    const details = matchTile(page, 0).locator('details');
    const { x, y, width, height } = (await link.boundingBox())!;
    const point = { x: x + width / 2, y: y + height / 3 };
    const touch = await page.context().newCDPSession(page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: (typeof point)[]) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints });
    const photo = page.url();

    await send('touchStart', point);
    await expect(details).toHaveAttribute('open');
    await send('touchEnd');
    await expect(details.getByText(/^\d+% match$/)).toBeVisible();
    await page.waitForTimeout(300);
    await expect(details).toHaveAttribute('open');
    expect(page.url()).toBe(photo);
    await page.getByRole('heading', { level: 2 }).first().tap();
    await expect(details).not.toHaveAttribute('open');

    // A finger that scrolls is not resting.
    await send('touchStart', point);
    await send('touchMove', { x: point.x, y: point.y + 25 });
    await page.waitForTimeout(900);
    await send('touchEnd');
    await expect(details).not.toHaveAttribute('open');
    await link.tap();
    await expect(page).toHaveURL(/\/items\//);
  });
});

test('what is less close has a heading of its own, and is listed once', async ({ page }) => {
  await searchWithScene(page);
  const url = new URL(page.url());
  url.searchParams.set('weaker', '1');
  await page.goto(url.href);
  const others = page.getByRole('list', { name: 'Less close items' }).getByRole('link');
  await expect(page.getByRole('heading', { name: /^(Less close|The nearest in the shop)$/ })).toBeVisible();
  await expect(others.first()).toBeVisible();
  const hrefs = await page
    .locator('main ul a[href^="/items/"]')
    .evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  expect(new Set(hrefs).size).toBe(hrefs.length);
  await page.getByRole('button', { name: 'Hide these' }).click();
  await expect(others).toHaveCount(0);
  await page.getByRole('button', { name: 'Show others that are less close' }).click();
  await expect(others.first()).toBeVisible();
});

test('what the filters leave comes first, and other categories after it', async ({ page }) => {
  await searchWithScene(page);
  const query = `query ($id: ID!) {
    photo(id: $id) { garments { id category } }
    items(first: 100) { edges { node { id category price { amount } salePrice { amount } } } }
  }`;
  const id = page.url().split('/').at(-1);
  const response = await page.request.post('/graphql', { data: { query, variables: { id } } });
  const { photo, items } = (await response.json()).data;
  const edges: ItemEdge[] = items.edges;
  const isSold = ({ category }: { category: string }) => edges.some(({ node }) => node.category === category);
  const garment = photo.garments.find(isSold);
  const priced = edges.flatMap(({ node: { id, category, price, salePrice } }) => {
    const current = salePrice ?? price;
    return current ? [{ id, own: category === garment.category, amount: Number(current.amount) }] : [];
  });
  // The lowest price up to which there is an item of the garment's category, and one of another.
  const lowest = (own: boolean) =>
    Math.min(...priced.filter((item) => item.own === own).map(({ amount }) => amount));
  const max = Math.max(lowest(true), lowest(false));
  const left = priced.filter((item) => item.own && item.amount <= max).map((item) => item.id);
  await page.goto(`/photos/${id}?garment=${garment.id}&category=${garment.category}&max=${max}`);

  await expect(page.getByRole('heading', { name: 'From other categories' })).toBeVisible();
  const lists = await page
    .locator('#matches ul')
    .evaluateAll((found) =>
      found.map((list) =>
        [...list.querySelectorAll<HTMLAnchorElement>('a[href^="/items/"]')].map(({ pathname }) =>
          decodeURIComponent(pathname.split('/')[2] ?? ''),
        ),
      ),
    );
  const others = lists.pop() ?? [];
  expect(lists.flat()).not.toEqual([]);
  expect(lists.flat().filter((shown) => !left.includes(shown))).toEqual([]);
  expect(others).not.toEqual([]);
  expect(others.filter((other) => left.includes(other))).toEqual([]);
});

test('where the search fails or nothing is close, the page says so and what to try', async ({ page }) => {
  await searchWithScene(page);
  let isDown = true;
  await page.route('**/graphql', (route) =>
    isDown && route.request().postData()?.includes('SimilarItemsPage') ? route.abort() : route.fallback(),
  );
  await page.locator('summary', { hasText: 'Price' }).click();
  await page.getByLabel('Price to').fill('0.01');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The search failed')).toBeVisible();
  isDown = false;
  await page.locator('#matches').getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: /^Nothing here is close to/ })).toBeVisible();
  await expect(page.getByLabel('Try another photo')).toBeAttached();
  await expect(page.getByRole('button', { name: 'Draw a box around a garment' }).last()).toBeVisible();
  await page.getByRole('button', { name: 'Remove the filter Up to 0.01' }).click();
  await expect(similarItems(page).first()).toBeVisible();
});

test('matches are sorted by price, and the address keeps the order', async ({ page }) => {
  await searchWithScene(page);
  const close = page.getByRole('list', { name: 'Similar items' }).getByRole('link');
  // Whatever else the shop has by now: more than a page of matches, and some without a price, which come last.
  const prices = async () =>
    (await close.allTextContents()).flatMap((text) => /[€$£]([\d.]+)/.exec(text)?.[1] ?? []).map(Number);
  await page.getByLabel('Sort by').selectOption('Price, lowest first');
  await expect(page).toHaveURL(/sort=price/);
  const rising = (a: number, b: number) => a - b;
  await expect
    .poll(async () => {
      const found = await prices();
      return found.length > 1 && isEqual(found, found.toSorted(rising));
    })
    .toBe(true);
  const rose = await prices();
  await page.reload();
  await expect(page.getByLabel('Sort by')).toHaveValue('PRICE_RISING');
  await expect.poll(prices).toEqual(rose);
  await page.getByLabel('Sort by').selectOption('Price, highest first');
  await expect(page).toHaveURL(/sort=-price/);
  const falls = (found: readonly number[]) =>
    isEqual(
      found,
      found.toSorted((a, b) => rising(b, a)),
    );
  await expect
    .poll(async () => {
      const found = await prices();
      return found.length > 1 && falls(found) && found[0]! >= rose.at(-1)!;
    })
    .toBe(true);
});

function isEqual(some: readonly number[], others: readonly number[]): boolean {
  return some.join() === others.join();
}

interface ItemEdge {
  node: { id: string; category: string; price: Amount | null; salePrice: Amount | null };
}

interface Amount {
  amount: string;
}
