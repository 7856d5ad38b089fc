import { expect, test } from './fixtures.ts';

test('no cache keeps a page past the next deployment; its scripts are kept for good', async ({
  request,
  page,
}) => {
  for (const path of ['/', '/items', '/manage']) {
    const { 'cache-control': caching } = (await request.get(path)).headers();
    expect(caching, path).toBe('no-cache');
  }
  const script = page.waitForResponse((response) => response.url().includes('/_next/static/'));
  await page.goto('/');
  expect((await script).headers()['cache-control']).toContain('immutable');
});
