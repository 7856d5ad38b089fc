import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { answer, catalogueItems, expect, matchTile, signIn, test } from './fixtures.ts';
import { type RunningServer, startServer } from './server.ts';

const WEIGHTS = fileURLToPath(new URL('../../model/weights', import.meta.url));
const CANDIDATE = 'candidate';

/** The shipped embedder under another name, and surer of every match: by that the two are told apart. */
function makeCandidate(): string {
  const folder = mkdtempSync(join(tmpdir(), 'armoire-candidate-'));
  const manifest = JSON.parse(readFileSync(join(WEIGHTS, 'manifest.json'), 'utf8'));
  const points = [
    [-1, 0.97],
    [1, 0.99],
  ];
  manifest.embedder = { ...manifest.embedder, model: CANDIDATE, score: { points, cutoff: 0 } };
  copyFileSync(join(WEIGHTS, manifest.embedder.file), join(folder, manifest.embedder.file));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

test.describe('with a candidate beside the model in use', () => {
  let folder: string;
  let server: RunningServer;

  test.beforeAll(async () => {
    test.setTimeout(300_000);
    folder = makeCandidate();
    server = await startServer({ items: 12, env: { CANDIDATE_MODEL_DIR: folder } });
  });

  test.afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('searches turn to it when it is promoted, and back when that is rolled back', async ({ page }) => {
    await page.goto(`${server.url}/items`);
    const item = `${server.url}${await catalogueItems(page).first().getAttribute('href')}`;
    const share = await bestShare(page, item);
    expect(share).toBeLessThan(95);

    const address = `${server.url}/manage/models`;
    await signIn(page, address, server.key);
    const models = page.getByRole('list', { name: 'Models' }).locator('> li');
    const candidate = models.filter({ has: page.getByRole('heading', { name: CANDIDATE }) });
    const original = models.filter({ hasText: 'that the garments were parsed with' });
    await expect(original).toContainText('In use');
    const rollBack = page.getByRole('button', { name: 'Roll back the last switch' });
    await rollBack.click();
    await answer(page, 'Roll back');
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('no model to go back to');
    await answer(page, 'Leave it');

    await candidate.getByRole('button', { name: 'Use it' }).click({ timeout: 60_000 });
    await answer(page, 'Use it');
    await expect(candidate).toContainText('In use');
    await expect(original).not.toContainText('In use');
    await expect.poll(() => bestShare(page, item)).toBeGreaterThan(95);

    await page.goto(address);
    await rollBack.click();
    await answer(page, 'Roll back');
    await expect(original).toContainText('In use');
    await expect(candidate).toContainText('Ready');
    await expect.poll(() => bestShare(page, item)).toBe(share);
  });
});

/** Of the item's best match: as how many per cent of such matches agree with it. */
async function bestShare(page: Page, item: string): Promise<number> {
  await page.goto(item);
  const [, share] =
    /^(\d+)% match/.exec(
      (await matchTile(page, 0)
        .getByText(/^\d+% match/)
        .first()
        .textContent()) ?? '',
    ) ?? [];
  return Number(share);
}
