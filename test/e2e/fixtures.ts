/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { test as base, expect, type Locator, type Page, type Route } from '@playwright/test';
import { scenePath } from '../helpers/scene.ts';
import { startServer } from './server.ts';

export { expect, scenePath };

/**
 * Each worker tests the real server with a small demo shop of its own; ARMOIRE_URL names one that runs already, ARMOIRE_KEY
 * its admin key. Every test also fails on an error that the page did not catch, and on what its policy for content had to
 * stop.
 */
export const test = base.extend<{ withoutPageErrors: undefined }, { shop: { url: string } }>({
  shop: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use, { config }) => {
      if (process.env.ARMOIRE_URL) return use({ url: process.env.ARMOIRE_URL });
      const server = await startServer({ apart: config.metadata.apart === true });
      process.env.ARMOIRE_URL = server.url;
      process.env.ARMOIRE_KEY = server.key;
      await use(server);
      await server.stop();
    },
    { scope: 'worker', auto: true, timeout: 300_000 },
  ],
  baseURL: async ({ shop }, use) => use(shop.url),
  withoutPageErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        const text = message.text();
        // Playwright's own trace loads a picture that is gone from memory again, as no page does.
        if (text.startsWith("Connecting to 'blob:")) return;
        if (/content security policy/i.test(text)) errors.push(text);
      });
      await use(undefined);
      // Requests that nobody waits for may be on their way through a test's own answers.
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

/** Hands the scene to the page as a browser would: by a drop on the page, or by pasting it. */
export async function giveScene(page: Page, way: 'drop' | 'paste'): Promise<void> {
  const bytes = readFileSync(scenePath()).toString('base64');
  await page.evaluate(
    ({ bytes, way }) => {
      const data = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([data], 'scene.webp', { type: 'image/webp' }));
      const event =
        way === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
          : new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    },
    { bytes, way },
  );
}

/** Searches with the scene by the file chooser, and waits for its garments. */
export async function searchWithScene(page: Page, shows?: string): Promise<void> {
  await page.goto('/');
  await chooseFile(page, scenePath(shows));
  await expect(page).toHaveURL(/\/photos\/[\w-]+/);
  await expect(garments(page).first()).toBeVisible();
}

/** Requests to these addresses wait until the function that this returns is called. */
export async function holdBack(page: Page, addresses: string | RegExp): Promise<() => Promise<void>> {
  const held: Route[] = [];
  let open = false;
  await page.route(addresses, (route) => (open ? route.continue() : void held.push(route)));
  return async () => {
    open = true;
    await Promise.all(held.map((route) => route.continue()));
  };
}

/** Signs in and comes to this page of the merchandisers'; as the admin unless another key is given. */
export async function signIn(
  page: Page,
  address = '/manage',
  key = process.env.ARMOIRE_KEY ?? '',
): Promise<void> {
  await page.goto(address);
  await page.getByLabel('Key', { exact: true }).fill(key);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Manage' })).toBeVisible();
}

/** Goes to each of the merchandisers' pages and those about looks that they lead to, as whoever is signed in. */
export async function* managePages(page: Page): AsyncGenerator<string> {
  // There are many.
  test.slow();
  const addresses = await page
    .getByRole('navigation', { name: 'Manage' })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  for (const address of addresses) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    yield address;
    const further = await page
      .locator('main a[href^="/manage/looks/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')?.split('?')[0] ?? ''));
    addresses.push(...new Set(further.filter((other) => !addresses.includes(other))));
  }
}

/** Takes items out of the shop again, so that a suite which comes later meets the demo's alone. */
export async function deleteItems(page: Page, ids: string[]): Promise<void> {
  const query = 'mutation ($ids: [ID!]!) { deleteItems(ids: $ids) }';
  const response = await page.request.post('/graphql', {
    headers: { authorization: `Bearer ${process.env.ARMOIRE_KEY}` },
    data: { query, variables: { ids } },
  });
  const { data, errors } = await response.json();
  expect(errors).toBeUndefined();
  expect(data.deleteItems).not.toEqual([]);
}

type Chosen = string | { name: string; mimeType: string; buffer: Buffer };

export async function chooseFile(page: Page, file: Chosen): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByLabel('Choose a photo').click();
  await (await chooser).setFiles(file);
}

/** Chooses a feed on the page of imports, and imports it once its first rows are shown. */
export async function importFeed(page: Page, feed: Exclude<Chosen, string>): Promise<void> {
  await page.getByLabel('Choose a feed').setInputFiles(feed);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
}

export function garments(page: Page): Locator {
  return page.getByRole('group', { name: /garments? found/ }).getByRole('radio');
}

/** Answers the dialog that asks once more. */
export function answer(page: Page, action: string): Promise<void> {
  return page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();
}

/** The links of the matches: the close ones, then those that are less close. */
export function similarItems(page: Page): Locator {
  return matchLists(page).getByRole('link');
}

function matchLists(page: Page): Locator {
  return page.getByRole('list', { name: /^(Similar|Less close) items$/ });
}

/** The tile of a match. */
export function matchTile(page: Page, index: number): Locator {
  return matchLists(page).getByRole('listitem').nth(index);
}

/** The title of a match, as its "why?" names it. */
export async function titleOfMatch(page: Page, index: number): Promise<string> {
  const name = await matchTile(page, index).locator('summary').getAttribute('aria-label');
  return /^Why (.+)\?$/.exec(name ?? '')?.[1] ?? '';
}

/** Opens the "why?" of a match. */
export async function askWhy(page: Page, index: number): Promise<Locator> {
  const tile = matchTile(page, index);
  await tile.locator('summary').click();
  return tile.locator('details');
}

export function catalogueItems(page: Page): Locator {
  return page.getByRole('list', { name: 'Items', exact: true }).getByRole('link');
}

/** A point of the window, in pixels, where a click lands on this garment's mask. */
export function pointUpon(page: Page, garment: string): Promise<{ x: number; y: number }> {
  return page.evaluate((id) => {
    const mask = document.querySelector(`[data-garment="${id}"]`);
    const { left, top, width, height } = mask?.getBoundingClientRect() ?? new DOMRect();
    for (let step = 0; step < 400; step++) {
      const x = left + (width * ((step % 20) + 0.5)) / 20;
      const y = top + (height * (Math.floor(step / 20) + 0.5)) / 20;
      if (mask?.contains(document.elementFromPoint(x, y))) return { x, y };
    }
    throw new Error(`No point of the window lies on garment ${id}.`);
  }, garment);
}

/** Pixels by which the page is wider than the window. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
