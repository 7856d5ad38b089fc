import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import { zipOf } from '../helpers/zip.ts';
import { seriousViolations } from './axe.ts';
import { catalogueItems, deleteItems, expect, importFeed, sidewaysScroll, signIn, test } from './fixtures.ts';

function cards(page: Page): Locator {
  return page.getByRole('list', { name: 'Looks', exact: true }).locator('> li');
}

/** The pictures that items are chosen by. */
function choices(page: Page): Locator {
  return page.getByRole('list', { name: 'Items to choose from: choices' }).getByRole('button');
}

/** The titles of the items in the look, in order. */
async function order(page: Page): Promise<string[]> {
  const buttons = page.getByRole('list', { name: 'In this look' }).getByRole('button', { name: /^Take/ });
  const names = await buttons.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
  return names.map((name) => name.replace(/^Take (.*) out$/, '$1'));
}

/** Makes a look of the first `count` items that `words` find, and comes back to the list. */
async function makeLook(page: Page, name: string, count: number): Promise<void> {
  await page.goto('/manage/looks/new');
  await page.getByLabel('Name', { exact: true }).fill(name);
  for (let index = 0; index < count; index++) await choices(page).nth(index).click();
  await page.getByRole('button', { name: 'Save the look' }).click();
  await expect(cards(page).filter({ hasText: name })).toBeVisible();
}

async function removeLook(page: Page, name: string): Promise<void> {
  const card = cards(page).filter({ hasText: name });
  await card.getByRole('button', { name: `Remove ${name}` }).click();
  await expect(card.getByRole('status')).toHaveText('Removed');
}

test('a look is made of items, put in order by keyboard and pointer, changed, removed and brought back', async ({
  page,
}) => {
  await signIn(page, '/manage/looks');
  await page.getByRole('link', { name: 'Make a look' }).click();
  await page.getByRole('button', { name: 'Save the look' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'at least two items' })).toBeVisible();

  for (const index of [0, 1, 2]) await choices(page).nth(index).click();
  await expect(choices(page).nth(2)).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => order(page)).toHaveLength(3);
  const [first, second, third] = (await order(page)) as [string, string, string];

  await page.getByRole('button', { name: `Move ${third} up` }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect.poll(() => order(page)).toEqual([third, first, second]);
  // At the end of its way, and still in hand.
  await expect(page.getByRole('button', { name: `Move ${third} up` })).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: `${third} is now 1 of 3.` })).toBeAttached();

  const rows = page.getByRole('list', { name: 'In this look' }).getByRole('listitem');
  const handle = (await rows.first().locator('[aria-hidden]').first().boundingBox())!;
  const last = (await rows.last().boundingBox())!;
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(handle.x + handle.width / 2, handle.y + 40, { steps: 5 });
  await page.mouse.move(handle.x + handle.width / 2, last.y + last.height - 4, { steps: 15 });
  await page.mouse.up();
  await expect.poll(() => order(page)).toEqual([first, second, third]);
  // Until the drop has ended nothing on the page can be selected, and a field takes no text.
  await expect(page.locator('[data-dnd-dragging]')).toHaveCount(0);
  await page.getByLabel('Name', { exact: true }).fill('Harbour walk');
  await page.getByRole('button', { name: 'Save the look' }).click();
  const card = cards(page).filter({ hasText: 'Harbour walk' });
  await expect(card).toContainText('3 items · Made by hand');

  await card.getByRole('link', { name: 'Edit Harbour walk' }).click();
  await expect.poll(() => order(page)).toEqual([first, second, third]);
  await page.getByRole('button', { name: `Take ${second} out` }).click();
  await expect(page.getByRole('button', { name: `Take ${third} out` })).toBeFocused();
  await page.getByLabel('Name', { exact: true }).fill('Harbour run');
  await page.getByRole('button', { name: 'Save the look' }).click();
  const changed = cards(page).filter({ hasText: 'Harbour run' });
  await expect(changed).toContainText('2 items');

  await page.getByLabel('Search the looks').fill('no such words');
  await expect(page.getByText('No look has these words')).toBeVisible();
  await page.getByRole('button', { name: 'Show all looks' }).click();
  await page.getByLabel('Search the looks').fill('harbour RUN');
  await expect(page).toHaveURL(/words=harbour/);
  await expect(cards(page)).toHaveCount(1);

  await removeLook(page, 'Harbour run');
  await changed.getByRole('button', { name: /^Undo/ }).click();
  await expect(changed.getByRole('status')).toHaveText('');
  await page.reload();
  await expect(changed).toContainText('2 items · Made by hand');
  await removeLook(page, 'Harbour run');
  await page.reload();
  await expect(page.getByText('No look has these words')).toBeVisible();
});

test('an item’s page leads to a new look with it, and names the looks that it is in', async ({ page }) => {
  await signIn(page, '/manage/looks/no-outfit');
  await page.getByLabel(/^In no look/).check();
  const lost = page.getByRole('list', { name: 'Items in no outfit' });
  await expect(lost.getByRole('link', { name: /^Make a look/ }).first()).toBeVisible();
  await expect(lost.getByText('In no look')).toHaveCount(0);
  await lost.getByRole('link').first().click();
  const tools = page.getByRole('region', { name: 'In these looks' });
  await expect(tools.getByText('In none yet.')).toBeVisible();
  const address = page.url();
  const title = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  await tools.getByRole('link', { name: 'Make a look with it' }).click();
  await expect.poll(() => order(page)).toEqual([title]);
  await choices(page).and(page.locator('[aria-pressed="false"]')).first().click();
  await page.getByLabel('Name', { exact: true }).fill('Companions');
  await page.getByRole('button', { name: 'Save the look' }).click();
  await expect(cards(page).filter({ hasText: 'Companions' })).toBeVisible();

  await page.goto(address);
  await tools.getByRole('link', { name: 'Companions' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Change a look');
  await page.getByRole('link', { name: 'All looks' }).click();
  await removeLook(page, 'Companions');
});

test('looks are imported from a file, and its wrong rows are listed and downloaded', async ({ page }) => {
  await signIn(page);
  await page.goto('/items');
  const hrefs = () => catalogueItems(page).evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  // The shop's people get a list of their own in the place of the shoppers'.
  await page.waitForLoadState('networkidle');
  await expect.poll(async () => (await hrefs()).length).toBeGreaterThan(1);
  const links = await hrefs();
  const [a, b] = links.map((link) => decodeURIComponent(link?.split('/').pop() ?? ''));

  await page.goto('/manage/looks');
  await page.getByRole('link', { name: 'Import a file' }).click();
  const file = (text: string) => ({ name: 'autumn.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByLabel('Choose a file').setInputFiles(file('id;name\n1;x'));
  await expect(page.getByRole('alert').filter({ hasText: 'It has no column look_id' })).toBeVisible();

  const rows = [
    'Look ID;Item ID;Name',
    `IN-1;${a};Imported`,
    `IN-1;${b}`,
    `IN-2;${a}`,
    'IN-2;NO-SUCH',
    'IN-3;',
  ];
  await page.getByLabel('Choose another file').setInputFiles(file(rows.join('\n')));
  await expect(page.getByRole('status').filter({ hasText: '1 look saved.' })).toBeVisible();
  const wrong = page.getByRole('table').getByRole('row');
  await expect(wrong).toHaveCount(3);
  await expect(wrong.nth(1)).toContainText('5');
  await expect(wrong.nth(1)).toContainText('NO-SUCH');
  await expect(wrong.nth(2)).toContainText('item_id is missing');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the list' }).click();
  const lines = readFileSync(await (await download).path(), 'utf8').split('\r\n');
  expect(lines[0]).toBe('row,look_id,item_id,reason');
  expect(lines[1]).toMatch(/^5,IN-2,NO-SUCH,/);

  await page.getByLabel('Choose another file').setInputFiles(file(rows.slice(0, 3).join('\n')));
  await expect(page.getByRole('status').filter({ hasText: 'was here already' })).toBeVisible();
  await page.getByRole('link', { name: 'See the looks' }).click();
  await expect(cards(page).filter({ hasText: 'Imported' })).toContainText('2 items');
  await removeLook(page, 'Imported');
});

test('items that fit no slot are found, and a slot of the shop takes them in', async ({ page }) => {
  await signIn(page, '/manage/imports');
  const feed = { name: 'shoes.zip', mimeType: 'application/zip', buffer: await makeShoes(2) };
  await importFeed(page, feed);
  await expect(page.getByText('2 items can be searched')).toBeVisible({ timeout: 60_000 });

  await page.goto('/manage/looks');
  const parts = page.getByRole('navigation', { name: 'Looks and slots' });
  await parts.getByRole('link', { name: 'In no outfit' }).click();
  await page.getByLabel('Nothing to match 2').check();
  const lost = page.getByRole('list', { name: 'Items in no outfit' }).getByRole('listitem');
  await expect(lost).toHaveCount(2);
  await expect(lost.first().locator('img')).toBeVisible();
  await page.reload();
  await expect(lost).toHaveCount(2);
  await expect(lost.first().getByRole('link', { name: /^Espadrilles/ })).toHaveAttribute(
    'href',
    /\/items\/SHOE-/,
  );
  await lost
    .first()
    .getByRole('link', { name: /^To the slots/ })
    .click();

  await expect(
    page.getByRole('list', { name: 'Built-in slots' }).getByText('Outerwear').first(),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Add a slot' }).click();
  await page.getByRole('button', { name: 'Save the slot' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Give the slot a name' })).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('Top');
  await page.getByLabel('Category words').fill('Shoes');
  await page.getByRole('button', { name: 'Save the slot' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'slot with this name already' })).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('Shoes');
  await expect(page.getByLabel('Name for programs')).toHaveValue('shoes');
  await page.getByLabel('Category words').fill('Shoes');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Boots, Sandals');
  await page.getByRole('button', { name: 'Save the slot' }).click();

  const slot = page
    .getByRole('list', { name: 'Your own slots' })
    .locator('> li')
    .filter({ hasText: 'Shoes' });
  await expect(slot).toContainText('Sandals');
  await expect(slot).toContainText('2 items', { timeout: 60_000 });
  await parts.getByRole('link', { name: 'In no outfit' }).click();
  await expect(page.getByRole('list', { name: 'Items in no outfit' })).toBeVisible();
  await expect(page.getByLabel(/^Nothing to match/)).toHaveCount(0);

  await parts.getByRole('link', { name: 'Slots' }).click();
  await slot.getByRole('button', { name: 'Edit Shoes' }).click();
  await page.getByRole('button', { name: 'Take Boots out' }).click();
  await page.getByRole('button', { name: 'Save the slot' }).click();
  await expect(slot).not.toContainText('Boots');
  await expect(slot.getByRole('button', { name: 'Edit Shoes' })).toBeFocused();
  await slot.getByRole('button', { name: 'Remove Shoes' }).click();
  await expect(slot.getByRole('status')).toHaveText('Removed');
  await slot.getByRole('button', { name: /^Undo/ }).click();
  await expect(slot).toContainText('2 items', { timeout: 60_000 });
  await slot.getByRole('button', { name: 'Remove Shoes' }).click();
  await expect(slot.getByRole('status')).toHaveText('Removed');
  await page.reload();
  await expect(page.getByText('None yet.')).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 60_000 });
  await deleteItems(page, ['SHOE-1', 'SHOE-2']);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`on a telephone, in the ${colorScheme} scheme`, () => {
    test.use({
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
      colorScheme,
      reducedMotion: 'reduce',
    });

    test('the pages with looks on them fit and have no serious violations', async ({ page }) => {
      await signIn(page);
      await makeLook(page, 'On the road', 5);
      const check = async (what: string) => {
        await page.waitForLoadState('networkidle');
        expect(await seriousViolations(page), what).toEqual([]);
        expect(await sidewaysScroll(page), what).toBeLessThanOrEqual(0);
      };
      await check('list');
      await page.getByRole('link', { name: 'Edit On the road' }).click();
      await expect.poll(() => order(page)).toHaveLength(5);
      await check('editor');
      await page.goto('/manage/looks/no-outfit');
      await expect(page.getByRole('list', { name: 'Items in no outfit' })).toBeVisible();
      await check('in no outfit');
      await page.goto('/manage/looks/slots');
      await page.getByRole('button', { name: 'Add a slot' }).click();
      await check('slots');
      await page.goto('/manage/looks/import');
      const buffer = Buffer.from('look_id,item_id\na,\n');
      await page.getByLabel('Choose a file').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer });
      await expect(page.getByRole('table')).toBeVisible();
      await check('import');
      await page.goto('/manage/looks');
      await removeLook(page, 'On the road');
      await check('removed');
    });
  });
}

/** A feed of what is in none of the 13 categories. */
async function makeShoes(count: number): Promise<Buffer> {
  const pictures: Record<string, Buffer> = {};
  const rows: string[] = [];
  for (let n = 1; n <= count; n++) {
    const id = `SHOE-${n}`;
    const sole = `<ellipse cx="150" cy="${200 + 20 * n}" rx="${90 + 10 * n}" ry="26" fill="#8a6a3c"/>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="400"><rect width="300" height="400" fill="#fff"/>${sole}</svg>`;
    pictures[`${id}.webp`] = await sharp(Buffer.from(svg)).webp().toBuffer();
    const product = { title: `Espadrilles ${id}`, price: '40.00 EUR', product_type: 'Women > Shoes' };
    rows.push(JSON.stringify({ ...product, id, image_link: `${id}.webp`, availability: 'in_stock' }));
  }
  return zipOf({ ...pictures, 'feed.jsonl': rows.join('\n') });
}
