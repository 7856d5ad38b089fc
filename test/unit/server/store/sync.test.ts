import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../../../../server/store/sync.ts';

async function makeTempDir(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'armoire-sync-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

it('makes a folder with its parents, once', async () => {
  const path = join(await makeTempDir(), 'a', 'b', 'c');
  await Promise.all([makeFolder(path), makeFolder(path)]);
  expect((await stat(path)).isDirectory()).toBe(true);
});

it('makes none in a file', async () => {
  const path = join(await makeTempDir(), 'file');
  await writeFile(path, '');
  await expect(makeFolder(path)).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(makeFolder(join(path, 'b'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

it.runIf(process.platform === 'linux')('says so where nothing can be made', async () => {
  await expect(makeFolder('/proc/armoire/backup')).rejects.toMatchObject({ code: 'ENOENT' });
});
