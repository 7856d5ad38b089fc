import {
  catalogueItems,
  expect,
  garments,
  holdBack,
  searchWithScene,
  similarItems,
  test,
} from './fixtures.ts';

test('a photo is enlarged, zoomed by wheel and buttons, and closed again', async ({ page }) => {
  await searchWithScene(page);
  const open = page.getByRole('button', { name: 'Enlarge the photo' });
  await open.click();
  const viewer = page.getByRole('dialog', { name: 'The photo, enlarged' });
  const photo = viewer.getByRole('img', { name: /Your photo/ });
  await expect(photo).toBeVisible();
  const width = async () => (await photo.boundingBox())!.width;
  const before = await width();
  const { x, y } = (await photo.boundingBox())!;
  await page.mouse.move(x + 100, y + 150);
  await page.mouse.wheel(0, -400);
  await expect.poll(width).toBeGreaterThan(before * 1.1);
  const zoomed = await width();
  await viewer.getByRole('button', { name: 'Zoom out' }).click();
  await expect.poll(width).toBeLessThan(zoomed);
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  await expect(open).toBeFocused();
});

test('a drawn box is moved by its middle and sized by a corner', async ({ page }) => {
  await searchWithScene(page);
  await page.getByRole('button', { name: 'Draw a box around a garment' }).first().click();
  const region = page.getByRole('button', { name: /The region to search with/ });
  const drag = async (from: [number, number], to: [number, number]) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 4 });
    await page.mouse.up();
    return (await region.boundingBox())!;
  };
  const first = (await region.boundingBox())!;
  const [x, y] = [first.x + first.width / 2, first.y + first.height / 2];
  const moved = await drag([x, y], [x + 20, y - 30]);
  expect(moved.x).toBeCloseTo(first.x + 20, 0);
  expect(moved.y).toBeCloseTo(first.y - 30, 0);
  expect(moved.width).toBeCloseTo(first.width, 0);
  const corner: [number, number] = [moved.x + moved.width - 2, moved.y + moved.height - 2];
  const sized = await drag(corner, [corner[0] + 15, corner[1] + 25]);
  expect(sized.x).toBeCloseTo(moved.x, 0);
  expect(sized.width).toBeGreaterThan(moved.width + 10);
  expect(sized.height).toBeGreaterThan(moved.height + 20);

  // What is answered once the visitor has left changes nothing on the next page.
  const come = await holdBack(page, '**/graphql');
  await page.getByRole('button', { name: 'Search with this' }).click();
  await page.getByRole('link', { name: 'Catalogue' }).click();
  await expect(page).toHaveURL(/\/items$/);
  const answered = page.waitForResponse((response) => /AddRegion/.test(response.request().postData() ?? ''));
  await come();
  await (await answered).finished();
  await expect(catalogueItems(page).first()).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});

test('a garment is outlined by hand, searched with, and kept by that outline', async ({ page }) => {
  await searchWithScene(page);
  const before = await garments(page).count();
  await page.getByRole('button', { name: 'Draw a box around a garment' }).first().click();
  await page.getByRole('button', { name: 'Draw an outline instead' }).click();
  const canvas = page.getByRole('img', { name: 'Draw around the garment' });
  const search = page.getByRole('button', { name: 'Search with this' });
  await expect(search).toBeDisabled();
  const { x, y, width, height } = (await canvas.boundingBox())!;
  // A tap outlines nothing.
  await page.mouse.click(x + width / 2, y + height / 2);
  await expect(search).toBeDisabled();
  const corner = (turn: number): [number, number] => [
    x + width * (0.5 + 0.2 * Math.cos(turn)),
    y + height * (0.5 + 0.3 * Math.sin(turn)),
  ];
  await page.mouse.move(...corner(0));
  await page.mouse.down();
  for (let step = 1; step <= 40; step++) await page.mouse.move(...corner((2 * Math.PI * step) / 42));
  await page.mouse.up();
  const sent = page.waitForRequest((request) => request.postData()?.includes('AddRegion') ?? false);
  await search.click();
  const { variables } = (await sent).postDataJSON();
  expect(variables.box ?? null).toBeNull();
  expect(variables.outline.length).toBeGreaterThan(20);
  expect(variables.outline.length).toBeLessThanOrEqual(100);
  await expect(garments(page)).toHaveCount(before + 1);
  await expect(similarItems(page).first()).toBeVisible();

  // The box is one press away, also for those who use keys.
  await page.getByRole('button', { name: 'Draw a box around a garment' }).first().click();
  await page.getByRole('button', { name: 'Draw an outline instead' }).click();
  await page.keyboard.press('Escape');
  await expect(canvas).toHaveCount(0);
  await page.getByRole('button', { name: 'Draw a box around a garment' }).first().click();
  await page.getByRole('button', { name: 'Draw an outline instead' }).click();
  await page.getByRole('button', { name: 'Draw a box instead' }).click();
  await expect(page.getByRole('button', { name: /The region to search with/ })).toBeFocused();
});

test('the photos of a browser are listed on its start page, and deleted from there', async ({
  page,
  browser,
}) => {
  await searchWithScene(page);
  const path = new URL(page.url()).pathname;
  await page.goto('/');
  const photos = page.getByRole('region', { name: 'Your photos' });
  const link = photos.getByRole('link', { name: 'Your photo 1' });
  await expect(link).toHaveAttribute('href', path);
  await link.click();
  await expect(garments(page).first()).toBeVisible();

  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  await theirs.goto('/');
  await expect(theirs.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(theirs.getByRole('region', { name: 'Your photos' })).toHaveCount(0);
  await stranger.close();

  await page.goto('/');
  await photos.getByRole('button', { name: 'Delete your photo 1' }).click();
  await expect(photos).toHaveCount(0);
  await page.goto(path);
  await expect(page.getByText('This photo is no longer here')).toBeVisible();
});

test('the whole look is shopped at once: the nearest items of every garment', async ({ page }) => {
  await searchWithScene(page);
  await expect(similarItems(page).first()).toBeVisible();
  const look = page.getByRole('region', { name: 'Shop the whole look' });
  await look.scrollIntoViewIfNeeded();
  const rows = look.getByRole('list', { name: /^Like th/ });
  await expect(rows).toHaveCount(await garments(page).count());
  for (const row of await rows.all()) await expect(row.getByRole('link').first()).toBeVisible();
  await look
    .getByRole('button', { name: /^All like/ })
    .nth(1)
    .click();
  await expect(garments(page).nth(1)).toBeChecked();
  await expect(similarItems(page).first()).toBeInViewport();
});
