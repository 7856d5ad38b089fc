import { execFileSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import yazl from 'yazl';
import { listFeedFolder, openFolder } from '../../../../../server/catalogue/feed/folder.ts';
import { readFeed } from '../../../../../server/catalogue/feed/read.ts';
import { openZip } from '../../../../../server/catalogue/feed/zip.ts';
import { LIMITS } from '../../../../../server/catalogue/limits.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'armoire-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let made = 0;
async function zipOf(
  files: Record<string, string | Buffer>,
  change: (zip: Buffer) => void = () => undefined,
) {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const bytes = await buffer(zip.outputStream);
  change(bytes);
  made += 1;
  const path = join(folder, `${made}.zip`);
  await writeFile(path, bytes);
  return path;
}

/** Overwrites every occurrence: a name stands in the entry and in the directory. */
function replaceAll(bytes: Buffer, from: string, to: string): void {
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) bytes.write(to, at);
}

const FEED = 'id,title,image_link\n';

describe('a zip', () => {
  it('names what was taken for the feed where that has no header, and pictures are beside it', async () => {
    const failureOf = async (entries: Record<string, string>) => {
      const files = await openZip(await zipOf(entries));
      try {
        for await (const _ of readFeed(files));
        return null;
      } catch (error) {
        return (error as Error).message;
      } finally {
        await files.close();
      }
    };
    expect(await failureOf({ 'a/note.txt': 'hi', 'top.png': 'x' })).toMatch(
      /missing id, title, image_link\. .*The file "a\/note\.txt" was taken for the feed\.$/,
    );
    expect(await failureOf({ 'note.json': '[{"a":1}]', 'top.png': 'x' })).toContain('The file "note.json"');
    expect(await failureOf({ 'feed.csv': 'a,b\n' })).not.toContain('The file');
  });

  it('gives its feed and the images beside it, whatever their case', async () => {
    const files = await openZip(
      await zipOf({
        'shop/feed.csv': FEED,
        'shop/img/Größe.JPG': 'one',
        'top.png': 'two',
        '__MACOSX/feed.csv': 'x',
        '.DS_Store': 'x',
      }),
    );
    expect(files.feed?.name).toBe('shop/feed.csv');
    expect(files.imageNames).toEqual(['shop/img/Größe.JPG', 'top.png']);
    expect(String(await files.readImage('IMG/gr\u006f\u0308ße.jpg'))).toBe('one');
    expect(String(await files.readImage('top.png'))).toBe('two');
    await expect(files.readImage('none.png')).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    await expect(files.readImage('../../../../files.test.ts')).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
    });
    await files.close();
  });

  it('may hold images alone', async () => {
    const files = await openZip(await zipOf({ 'b.png': 'b', 'a.png': 'a' }));
    expect([files.feed, files.imageNames]).toEqual([null, ['a.png', 'b.png']]);
    await files.close();
  });

  it.each([
    ['several feeds', { 'a.csv': FEED, 'b.jsonl': '{}' }, 'several feeds'],
    ['nothing of use', { 'a.doc': 'x' }, 'neither a feed'],
  ])('with %s is refused', async (_, content, reason) => {
    await expect(openZip(await zipOf(content))).rejects.toThrow(reason);
  });

  it('that names files that lead outside it is refused', async () => {
    const path = await zipOf({ 'aa/evil.csv': FEED }, (bytes) => replaceAll(bytes, 'aa/evil', '../evil'));
    await expect(openZip(path)).rejects.toThrow('that lead outside it');
  });

  it('that is cut off, or none, is refused', async () => {
    const path = join(folder, 'cut.zip');
    await writeFile(path, 'PK\u0003\u0004 and no more');
    await expect(openZip(path)).rejects.toThrow('not a complete zip file');
  });

  it('that unpacks to a thousand times its size is refused', async () => {
    const path = await zipOf({ 'feed.csv': FEED, 'bomb.png': Buffer.alloc(8 * 1024 * 1024) });
    await expect(openZip(path)).rejects.toThrow('compressed too much');
  });

  it('that lies about a size is caught while unpacking', async () => {
    const content = Buffer.alloc(500_000, 'abcdefghijklmnopqrstuvwxyz0123456789');
    const path = await zipOf({ 'feed.csv': FEED, 'liar.png': content }, (bytes) => {
      const size = Buffer.alloc(4);
      size.writeUInt32LE(content.length);
      for (let at = bytes.indexOf(size); at >= 0; at = bytes.indexOf(size, at + 1))
        bytes.writeUInt32LE(1000, at);
    });
    const files = await openZip(path);
    await expect(files.readImage('liar.png')).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
    await files.close();
  });

  it('rejects an image over 20 MB without unpacking it', async () => {
    const noise = randomFillSync(Buffer.alloc(LIMITS.imageBytes + 1));
    const files = await openZip(await zipOf({ 'feed.csv': FEED, 'large.png': noise }));
    await expect(files.readImage('large.png')).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    await files.close();
  });
});

describe('a folder', () => {
  it('gives the same, and follows no link out of it', async () => {
    const root = join(folder, 'shop');
    await mkdir(join(root, 'img'), { recursive: true });
    await writeFile(join(root, 'feed.csv'), FEED);
    await writeFile(join(root, 'img', 'A.png'), 'one');
    await writeFile(join(folder, 'secret.png'), 'secret');
    await symlink(join(folder, 'secret.png'), join(root, 'img', 'link.png'));
    const files = await openFolder(root);
    expect(files.feed?.name).toBe('feed.csv');
    expect(String(await files.readImage('img/a.PNG'))).toBe('one');
    await expect(files.readImage('img/link.png')).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    await expect(files.readImage('../secret.png')).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });

  it('lists files and links to them, and nothing else that lies in it', async () => {
    const root = join(folder, 'odd');
    await mkdir(join(root, 'img'), { recursive: true });
    await writeFile(join(root, 'img', 'A.png'), 'one');
    await writeFile(join(folder, 'outside.png'), 'secret');
    execFileSync('mkfifo', [join(root, 'pipe.jpg')]);
    const links = {
      'link.png': 'img/A.png',
      'loop.jpg': '..',
      'gone.jpg': 'none',
      'out.png': '../outside.png',
    };
    for (const [name, target] of Object.entries(links)) await symlink(target, join(root, name));
    expect(await listFeedFolder(root)).toEqual(['img/A.png', 'link.png']);
  });
});
