import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { bundleWidget } from '../../../../web/widget/build.ts';

/** Of similar items and outfits together: what Shopify's theme check allows a file. */
const MOST_BYTES = 10_000;

it('the widget is small, and loads the photo search apart', async () => {
  const files = new Map((await bundleWidget()).map(({ name, contents }) => [name, contents]));
  const photo = [...files.keys()].find((name) => name.startsWith('photo-view-'))!;
  expect([...files.keys()].sort()).toEqual(['armoire.js', 'index.js', 'package.json', photo].sort());
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

it('its folder is a package that other bundlers take', async () => {
  const root = await mkdtemp(join(tmpdir(), 'armoire-widget-'));
  const folder = join(root, 'node_modules/@armoire/widget');
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, contents } of await bundleWidget()) await writeFile(join(folder, name), contents);
    const contents = `import { register } from '@armoire/widget'; register({ api: 'https://armoire.example' });`;
    const built = await build({
      stdin: { contents, resolveDir: root },
      bundle: true,
      write: false,
      outdir: root,
      format: 'esm',
      splitting: true,
    });
    expect(built.outputFiles.length).toBeGreaterThan(1);
    expect(built.outputFiles[0]!.text).toContain('armoire-similar');
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
