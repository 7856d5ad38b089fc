/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { chooseFile, expect, garments, scenePath, test } from './fixtures.ts';

/** Notes the files that the page sends; the browser tells nobody else what is in them. */
async function noteFiles(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const sent: Blob[] = [];
    Object.assign(window, { sent });
    const { send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.send = function (body) {
      if (body instanceof FormData) sent.push(body.get('0') as File);
      send.call(this, body);
    };
  });
}

function filesSent(page: Page): Promise<Buffer[]> {
  return page
    .evaluate(async () => {
      const { sent } = window as unknown as { sent: Blob[] };
      const read = (blob: Blob) =>
        new Promise<string>((resolve) => {
          const reader = new FileReader();
          reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
          reader.readAsDataURL(blob);
        });
      return Promise.all(sent.map(read));
    })
    .then((files) => files.map((file) => Buffer.from(file, 'base64')));
}

const scene = (width: number, height: number) => sharp(scenePath()).resize({ width, height, fit: 'fill' });

/** The server keeps a photo upright; its page says how large. */
async function storedSize(page: Page): Promise<{ width: number; height: number }> {
  await expect(page).toHaveURL(/\/photos\/[\w-]+/);
  await expect(garments(page).first()).toBeVisible();
  const [, id] = /photos\/([\w-]+)/.exec(page.url())!;
  const query = `{ photo(id: "${id}") { width height } }`;
  const { data } = await (await page.request.post('/graphql', { data: { query } })).json();
  return data.photo;
}

test('a photo of 64 megapixels is shrunk by the page, upright as it was', async ({ page }, testInfo) => {
  // As a telephone held upright writes it: the sensor's rows, and how to turn them.
  const long = 9248;
  const short = 6936;
  const file = testInfo.outputPath('sixty-four.jpg');
  await scene(short, long).rotate(270).withMetadata({ orientation: 6 }).jpeg({ quality: 60 }).toFile(file);
  await noteFiles(page);
  await page.goto('/');
  await chooseFile(page, file);
  expect(await storedSize(page)).toEqual({ width: 1200, height: 1600 });
  const [small] = await filesSent(page);
  expect(await sharp(small).metadata()).toMatchObject({ format: 'jpeg', width: 1800, height: 2400 });
  expect(await difference(small!, await scene(1800, 2400).toBuffer())).toBeLessThan(12);
});

test('a photo of more than 20 MB is shrunk, and a small one goes as it is', async ({ page }, testInfo) => {
  const file = testInfo.outputPath('heavy.png');
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const grain = await sharp({ create: { width: 3200, height: 3200, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer();
  await scene(3200, 3200)
    .composite([{ input: grain, blend: 'soft-light' }])
    .png({ compressionLevel: 1 })
    .toFile(file);
  expect(readFileSync(file).length).toBeGreaterThan(20 * 1024 * 1024);
  await noteFiles(page);
  await page.goto('/');
  await chooseFile(page, file);
  await storedSize(page);
  expect(await sharp((await filesSent(page))[0]).metadata()).toMatchObject({
    format: 'jpeg',
    width: 2400,
    height: 2400,
  });

  await page.goto('/');
  await chooseFile(page, scenePath());
  await storedSize(page);
  expect(await filesSent(page)).toEqual([readFileSync(scenePath())]);
});

test('what the server finds too large is shrunk and sent once more', async ({ page }, testInfo) => {
  // An AVIF may have 13 megapixels.
  const file = testInfo.outputPath('sixteen.avif');
  await scene(4000, 4000).avif({ effort: 0, quality: 40 }).toFile(file);
  await noteFiles(page);
  await page.goto('/');
  await chooseFile(page, file);
  await storedSize(page);
  const sent = await filesSent(page);
  expect(sent).toHaveLength(2);
  expect(await sharp(sent[1]).metadata()).toMatchObject({ format: 'jpeg', width: 2400, height: 2400 });
});

/** Mean difference of two pictures, of 255. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
  const raw = (picture: Buffer) =>
    sharp(picture).resize({ width: 120, height: 160, fit: 'fill' }).removeAlpha().raw().toBuffer();
  const [a, b] = await Promise.all([raw(one), raw(other)]);
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}
