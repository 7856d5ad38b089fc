import { existsSync } from 'node:fs';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { expect, scenePath, test } from './fixtures.ts';

const FIREFOX = [process.env.FIREFOX ?? '', '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
  (path) => path !== '' && existsSync(path),
);
const MATCH = 'ul[aria-label="Similar items"] a[href^="/items/"], ul[aria-label="Less close items"] a';
const GARMENT = 'input[type="radio"][name="garment"]';

/** Playwright brings a Firefox of its own or none; this drives the installed one, by WebDriver BiDi. */
test('in Firefox, a photo is searched with, a garment chosen, and an item opened and left', async () => {
  test.skip(FIREFOX === undefined, 'There is no Firefox here (Debian: apt-get install firefox-esr).');
  test.slow();
  const browser = await launch({ browser: 'firefox', executablePath: FIREFOX!, timeout: 120_000 });
  try {
    await walk(browser);
  } finally {
    await browser.close();
  }
});

async function walk(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(process.env.ARMOIRE_URL!, { waitUntil: 'networkidle0' });
  const input = await page.waitForSelector('input[type="file"]');
  await input!.uploadFile(scenePath());
  await page.waitForSelector(MATCH);
  const photo = new URL(page.url());
  expect(photo.pathname).toMatch(/^\/photos\/[\w-]+$/);
  const garments = await page.$$(GARMENT);
  expect(garments.length).toBeGreaterThan(1);
  const second = await garments[1]!.evaluate((radio) => {
    radio.closest('label')?.click();
    return (radio as HTMLInputElement).value;
  });
  await page.waitForFunction(() => new URL(location.href).searchParams.has('garment'));
  expect(await isChecked(page, second)).toBe(true);
  const match = await page.waitForSelector(MATCH);
  const title = await match!.evaluate((link) => link.textContent);
  await match!.click();
  await page.waitForFunction(() => location.pathname.startsWith('/items/'));
  const heading = await page.waitForSelector('main h1');
  expect(title).toContain(await heading!.evaluate((h1) => h1.textContent));
  await page.goBack();
  await page.waitForSelector(MATCH);
  expect(new URL(page.url()).pathname).toBe(photo.pathname);
  await page.waitForSelector(GARMENT);
  expect(await isChecked(page, second)).toBe(true);
}

function isChecked(page: Page, value: string): Promise<boolean> {
  return page.$$eval(
    GARMENT,
    (radios, wanted) =>
      radios.some(
        (radio) => (radio as HTMLInputElement).value === wanted && (radio as HTMLInputElement).checked,
      ),
    value,
  );
}
