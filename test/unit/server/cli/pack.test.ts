import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { packSource } from '../../../../server/cli/import/pack.ts';

it('says which file is gone when one vanishes while a folder is sent', async () => {
  const path = await mkdtemp(join(tmpdir(), 'armoire-pack-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  await writeFile(join(path, 'feed.csv'), 'id,title,image_link\n');
  // Listed, and not there when it is opened.
  await symlink(join(path, 'gone'), join(path, 'a.jpg'));
  const { stream } = await packSource({ kind: 'folder', path });
  await expect(buffer(stream)).rejects.toThrow(/a\.jpg is no longer there, and nothing was imported/);
});
