/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { seriousViolations } from './axe.ts';
import { expect, garments, scenePath, signIn, test } from './fixtures.ts';

let address: string;
const pictures = createServer((request, response) => {
  if (request.url === '/scene.webp') response.end(readFileSync(scenePath()));
  else response.writeHead(404).end();
});
test.beforeAll(async () => {
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}`;
});
test.afterAll(() => {
  pictures.close();
});

/** The tests' pictures are on this machine, from which only the shop's own people may have the server fetch. */
async function startAsStaff(page: Page): Promise<void> {
  await signIn(page);
  await page.goto('/');
  // What is dropped or pasted before the page's code is there is the browser's.
  await page.waitForLoadState('networkidle');
}

interface Given {
  way: 'drop' | 'paste';
  on?: string;
  data: Record<string, string>;
}

/** Hands texts to the page as a browser would. */
async function give(page: Page, given: Given): Promise<void> {
  await page.evaluate(({ way, on = 'body', data }) => {
    const transfer = new DataTransfer();
    for (const [type, text] of Object.entries(data)) transfer.setData(type, text);
    const event =
      way === 'paste'
        ? new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
        : new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
    document.querySelector(on)?.dispatchEvent(event);
  }, given);
}

async function expectSearched(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/photos\/[\w-]+/);
  await expect(garments(page).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete my photo' })).toBeVisible();
}

test('a link is searched with by keyboard', async ({ page }) => {
  await startAsStaff(page);
  await page.getByText('Search by a link').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type(`${address}/scene.webp`);
  expect(await seriousViolations(page), 'start').toEqual([]);
  await page.keyboard.press('Enter');
  await expectSearched(page);
});

const WAYS: [string, (link: string) => Given][] = [
  ['pasted', (link) => ({ way: 'paste', data: { 'text/plain': ` ${link}\n` } })],
  ['dropped', (link) => ({ way: 'drop', data: { 'text/uri-list': `# a comment\r\n${link}\r\n` } })],
  [
    'dragged out of a page, where it stands in a link to elsewhere',
    (link) => ({
      way: 'drop',
      data: {
        'text/uri-list': 'https://elsewhere.example/',
        'text/html': `<a href="https://elsewhere.example/"><img src="${link}"></a>`,
      },
    }),
  ],
];
for (const [how, given] of WAYS) {
  test(`a picture that is ${how} is searched with`, async ({ page }) => {
    await startAsStaff(page);
    await give(page, given(`${address}/scene.webp`));
    await expectSearched(page);
  });
}

test('a link that leads nowhere is told of in the server’s words, and can be tried again', async ({
  page,
}) => {
  await startAsStaff(page);
  await give(page, { way: 'paste', data: { 'text/plain': `${address}/gone.jpg?token=1` } });
  await expect(
    page.getByRole('alert').filter({ hasText: `${address}/gone.jpg answers with status 404 (Not Found).` }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Bring your own photo');
});

test('a shopper’s link to an inner address is refused', async ({ page }) => {
  await page.goto('/');
  await page.waitForLoadState('networkidle');
  await give(page, { way: 'drop', data: { 'text/uri-list': `${address}/scene.webp` } });
  await expect(
    page.getByRole('alert').filter({ hasText: /port other than 80|not on the public internet/ }),
  ).toBeVisible();
});

test('words, and a link pasted into a field, are left where they are', async ({ page }) => {
  await page.goto('/items');
  await page.waitForLoadState('networkidle');
  const asked: (string | null)[] = [];
  page.on('request', (request) => asked.push(request.postData()));
  await give(page, { way: 'paste', data: { 'text/plain': 'see https://shop.example/a.jpg' } });
  await give(page, { way: 'paste', on: 'input', data: { 'text/plain': `${address}/scene.webp` } });
  // The one that is asked for is the last.
  await give(page, { way: 'paste', data: { 'text/plain': `${address}/last.webp` } });
  await expect(
    page.getByRole('alert').filter({ hasText: /port other than 80|not on the public/ }),
  ).toBeVisible();
  expect(asked.filter((body) => body?.includes('parsePhotoAt'))).toEqual([
    expect.stringContaining('last.webp'),
  ]);
});
