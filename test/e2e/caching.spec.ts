import { expect, test } from './fixtures.ts';

test('no cache keeps a page past the next deployment; its scripts are kept for good', async ({
  request,
  page,
}) => {
  for (const path of ['/', '/items', '/manage']) {
    const { 'cache-control': caching } = (await request.get(path)).headers();
    expect(caching, path).toBe('no-cache');
  }
  const script = page.waitForResponse((response) => response.url().includes('/_next/static/chunks/'));
  await page.goto('/');
  const headers = (await script).headers();
  expect(headers['cache-control']).toContain('immutable');
  expect(headers['content-encoding']).toBe('br');
  const plain = await request.get((await script).url(), { headers: { 'accept-encoding': 'identity' } });
  expect(plain.headers()['content-encoding']).toBeUndefined();
  expect(await plain.text()).toBe(await (await script).text());
});

test('a file is answered whole, whatever part or version of it is asked for', async ({ request }) => {
  const page = await (await request.get('/')).text();
  const script = /<script src="([^"]+)"/.exec(page)![1]!;
  for (const path of [script, '/widget/armoire.js', '/scenes/scene-1.webp']) {
    for (const headers of [
      { range: 'bytes=9-2' },
      { range: 'bytes=999999999-' },
      { range: 'bytes=0-9', 'if-range': '"another"' },
      { 'if-match': '"another"' },
      { 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
    ]) {
      const answer = await request.get(path, { headers });
      expect([path, headers, answer.status()]).toEqual([path, headers, 200]);
    }
  }
});

test('what every page runs at its start is compiled as it comes', async ({ request }) => {
  const page = await (await request.get('/')).text();
  const scripts = [...page.matchAll(/<script src="([^"]+)"/g)].map(([, address]) => address!);
  const texts = await Promise.all(scripts.map(async (address) => (await request.get(address)).text()));
  const early = texts.filter((text) => text.startsWith('//# allFunctionsCalledOnLoad\n'));
  expect(early.join('')).toContain('hydrateRoot');
});
