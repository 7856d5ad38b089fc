/**
 * `npm run screenshots`: takes the README's pictures of the product, with the real server, the demo shop and a drawn scene,
 * and writes them to docs/images. Nothing in them is a photograph.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { findChromium } from '../e2e/chromium.ts';
import { makeFeed } from '../e2e/feeds.ts';
import { expect, importFeed, searchWithScene, signIn, similarItems } from '../e2e/fixtures.ts';
import { startServer } from '../e2e/server.ts';

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const ITEMS = 80;
/** A busy machine parses an item in a few seconds. */
const READY_WITHIN_MS = 900_000;
const WINDOW = { width: 1280, height: 860 };
/** Of one picture; all of them together stay under 600 kB. */
const MOST_BYTES = 150_000;

const server = await startServer({ items: ITEMS, readyWithinMs: READY_WITHIN_MS });
process.env.ARMOIRE_KEY = server.key;
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--disable-gpu'] });
try {
  await mkdir(FOLDER, { recursive: true });
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: WINDOW,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  for (const [name, show] of Object.entries(pictures())) {
    await show(page);
    await page.waitForLoadState('networkidle');
    await save(page, name);
  }
} finally {
  await browser.close();
  await server.stop();
}

function pictures(): Record<string, (page: Page) => Promise<void>> {
  return {
    start: async (page) => {
      await page.goto('/');
    },
    search: async (page) => {
      await searchWithScene(page);
      await expect(similarItems(page).first()).toBeVisible();
    },
    item: async (page) => {
      await page.goto((await similarItems(page).first().getAttribute('href')) ?? '');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(similarItems(page).first()).toBeVisible();
    },
    imports: async (page) => {
      await signIn(page, '/manage/imports');
      const buffer = await makeFeed('AUTUMN', 24);
      const feed = { name: 'autumn.zip', mimeType: 'application/zip', buffer };
      await importFeed(page, feed);
      await expect(page.getByRole('heading', { level: 1, name: 'autumn.zip' })).toBeVisible();
      const done = page.getByRole('status').filter({ hasText: '24 items can be searched' });
      await expect(done).toBeVisible({ timeout: 120_000 });
    },
  };
}

async function save(page: Page, name: string): Promise<void> {
  const picture = await sharp(await page.screenshot())
    .webp({ quality: 82 })
    .toBuffer();
  if (picture.length > MOST_BYTES) throw new Error(`${name}.webp has ${picture.length} bytes.`);
  await writeFile(`${FOLDER}${name}.webp`, picture);
  console.log(`docs/images/${name}.webp: ${Math.round(picture.length / 1000)} kB`);
}
