import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { packSource } from '../../../../server/cli/import/pack.ts';

it('says which file is gone when one vanishes while a folder is sent', async () => {
  const path = await mkdtemp(join(tmpdir(), 'armoire-pack-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  await writeFile(join(path, 'feed.csv'), 'id,title,image_link\n');
  // Not yet opened as long as nobody reads what comes before it.
  await writeFile(join(path, 'a.jpg'), Buffer.alloc(2 ** 20));
  await writeFile(join(path, 'b.jpg'), 'b');
  const { stream } = await packSource({ kind: 'folder', path });
  await rm(join(path, 'b.jpg'));
  await expect(buffer(stream)).rejects.toThrow(/b\.jpg is no longer there, and nothing was imported/);
});
