import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bundleWidget } from '../../../../web/widget/build.ts';

/** Of similar items and outfits together: what Shopify's theme check allows a file. */
const MOST_BYTES = 10_000;

it('the widget is small, and loads the photo search apart', async () => {
  const files = new Map((await bundleWidget()).map(({ name, contents }) => [name, contents]));
  const photo = [...files.keys()].find((name) => name.startsWith('photo-view-'))!;
  expect([...files.keys()].sort()).toEqual(['armoire.js', 'index.js', photo].sort());
  for (const name of ['armoire.js', 'index.js']) {
    const contents = files.get(name)!;
    expect(gzipSync(contents, { level: 9 }).length, name).toBeLessThanOrEqual(MOST_BYTES);
    const text = Buffer.from(contents).toString();
    // All that it needs at first is in one file.
    expect(text).not.toMatch(/(?:^|;)import\s*["'{*]/);
    expect(text).toContain(`import("./${photo}")`);
    expect(text).toContain('Ähnliche Artikel');
    expect(text).not.toContain('parsePhoto');
  }
});
