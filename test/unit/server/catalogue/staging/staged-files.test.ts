import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFeed } from '../../../../../server/catalogue/feed/read.ts';
import { openStagedFiles } from '../../../../../server/catalogue/staging/staged-files.ts';
import { isStaged, stageUpload } from '../../../../../server/catalogue/staging/staging.ts';
import type { FileStore } from '../../../../../server/store/file-store.ts';
import { openFolderStore } from '../../../../../server/store/folder-store.ts';
import { zipOf } from '../../../../helpers/zip.ts';

let folder: string;
let store: FileStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'armoire-staged-'));
  store = openFolderStore(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const HEADER = 'id,title,image_link\n';

async function stage(feed: string | Buffer): Promise<string> {
  const jobId = randomUUID();
  await stageUpload(store, jobId, Readable.from([Buffer.from(feed)]), 1e9);
  return jobId;
}

describe('openStagedFiles', () => {
  it('keeps a feed open that is in use, however many others are opened meanwhile', async () => {
    const staged = openStagedFiles(store);
    const rows = Array.from({ length: 20_000 }, (_, i) => `i${i},Skirt,https://shop.example/${i}.jpg\n`);
    const long = await stage(HEADER + rows.join(''));
    const zip = await stage(await zipOf({ 'feed.csv': `${HEADER}a,Skirt,a.webp\n`, 'a.webp': 'picture' }));
    const openOthers = async () => {
      for (let n = 0; n < 40; n++) await staged.use(await stage(HEADER), async () => undefined);
    };
    const read = await staged.use(long, async (files) => {
      let count = 0;
      for await (const _ of readFeed(files)) if (++count === 100) await openOthers();
      return count;
    });
    const picture = await staged.use(zip, async (files) => {
      await openOthers();
      return files.readImage('a.webp');
    });
    await staged.closeAll();
    expect(read).toBe(rows.length);
    expect(picture.toString()).toBe('picture');
  });

  it('closes a feed that was removed when the last one has done with it', async () => {
    const staged = openStagedFiles(store);
    const zip = await stage(await zipOf({ 'feed.csv': `${HEADER}a,Skirt,a.webp\n`, 'a.webp': 'picture' }));
    const files = await staged.use(zip, async (files) => {
      await staged.remove(zip);
      expect((await files.readImage('a.webp')).toString()).toBe('picture');
      return files;
    });
    await expect(files.readImage('a.webp')).rejects.toThrow();
    expect(await isStaged(store, zip)).toBe(false);
  });
});
