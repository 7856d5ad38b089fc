/// <reference lib="dom" />
import { expect, garments, searchWithScene, similarItems, test } from './fixtures.ts';

const SIZES = [
  { name: 'a telephone', width: 360, height: 780, isMobile: true },
  { name: 'a tablet', width: 768, height: 1024, isMobile: false },
  { name: 'a desktop', width: 1440, height: 900, isMobile: false },
];

for (const { name, width, height, isMobile } of SIZES) {
  test.describe(`on ${name}`, () => {
    test.use({ viewport: { width, height }, isMobile, hasTouch: isMobile });

    test('the answer is on the first screen', async ({ page }) => {
      await searchWithScene(page);
      expect(await garments(page).count()).toBeGreaterThanOrEqual(3);
      await expect(similarItems(page).first()).toBeVisible();
      const boxes = await similarItems(page).evaluateAll((links) =>
        links.map((link) => link.getBoundingClientRect().toJSON() as DOMRect),
      );
      const row = boxes.filter(({ top }) => top === boxes[0]!.top);
      // Of the whole first row, title and price too.
      expect(Math.max(...row.map(({ bottom }) => bottom))).toBeLessThanOrEqual(height);
      if (!isMobile) return;
      const photo = (await page.getByRole('img', { name: /Your photo/ }).boundingBox())!;
      expect(boxes[0]!.top - photo.y).toBeLessThanOrEqual(310);
    });

    if (isMobile) {
      test('the nearest item is on the first screen where nothing is close', async ({ page }) => {
        await page.route('**/graphql', async (route) => {
          if (!route.request().postData()?.includes('isApart')) return route.fallback();
          const response = await route.fetch();
          const body = (await response.text()).replaceAll('"isApart":false', '"isApart":true');
          await route.fulfill({ response, body });
        });
        await searchWithScene(page);
        await expect(page.getByRole('heading', { name: 'The nearest in the shop' })).toBeVisible();
        const nearest = similarItems(page).first();
        await expect(nearest).toBeVisible();
        const { y, height: tall } = (await nearest.boundingBox())!;
        expect(y + tall).toBeLessThanOrEqual(height);
      });
    }

    test('nothing moves while the page of a photo loads', async ({ page }) => {
      await searchWithScene(page);
      const address = page.url();
      await page.addInitScript(() => {
        Object.assign(window, { shift: 0 });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
          })[])
            if (!entry.hadRecentInput) (window as unknown as { shift: number }).shift += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(address);
      await expect(similarItems(page).first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      const shift = await page.evaluate(() => (window as unknown as { shift: number }).shift);
      expect(shift).toBeLessThanOrEqual(0.02);
    });
  });
}
