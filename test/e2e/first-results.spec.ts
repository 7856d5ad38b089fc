import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, giveScene, scenePath, similarItems, test } from './fixtures.ts';

const PARSE = 'mutation ($image: Upload!) { parsePhoto(image: $image) { id garments { id } } }';
const ROUNDS = 3;
/** What may come on top of the parse, on a machine that parses in as long or faster; on a slower one it takes longer too. */
const BESIDE_MS = 300;

/** How long the server takes for the same photo, asked directly. */
async function parse(page: Page): Promise<number> {
  const began = performance.now();
  const response = await page.request.post('/graphql', {
    headers: { authorization: `Bearer ${process.env.ARMOIRE_KEY}`, 'apollo-require-preflight': 'true' },
    multipart: {
      operations: JSON.stringify({ query: PARSE, variables: { image: null } }),
      map: JSON.stringify({ file: ['variables.image'] }),
      file: { name: 'scene.webp', mimeType: 'image/webp', buffer: readFileSync(scenePath()) },
    },
  });
  const { data, errors } = await response.json();
  expect(errors).toBeUndefined();
  expect(data.parsePhoto.garments.length).toBeGreaterThan(0);
  return performance.now() - began;
}

/** From the drop on the start page until the first match is there. */
async function drop(page: Page): Promise<number> {
  await page.goto('/');
  await page.waitForLoadState('networkidle');
  const began = performance.now();
  await giveScene(page, 'drop');
  await similarItems(page).first().waitFor({ timeout: 60_000 });
  return performance.now() - began;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

test('from the drop of a scene to the first results, it takes the parse and little more', async ({
  page,
}) => {
  test.slow();
  // Neither is measured the first time.
  await parse(page);
  await drop(page);
  const [parses, drops]: [number[], number[]] = [[], []];
  for (let i = 0; i < ROUNDS; i++) {
    parses.push(await parse(page));
    drops.push(await drop(page));
  }
  const [alone, whole] = [median(parses), median(drops)];
  test.info().annotations.push({
    type: 'measured',
    description: `parse ${alone.toFixed(0)} ms, drop to results ${whole.toFixed(0)} ms, ratio ${(whole / alone).toFixed(2)}`,
  });
  console.log(test.info().annotations.at(-1)!.description);
  expect(whole / alone).toBeLessThanOrEqual(1 + Math.max(1, BESIDE_MS / alone));
});
