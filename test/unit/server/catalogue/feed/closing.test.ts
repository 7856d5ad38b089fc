/** What a feed has opened is closed again, however far it was read. */
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFirstRows } from '../../../../../server/catalogue/feed/first-rows.ts';
import { readFeed } from '../../../../../server/catalogue/feed/read.ts';
import { openStaged, stageSource } from '../../../../../server/catalogue/staging/staging.ts';
import { openFolderStore } from '../../../../../server/store/folder-store.ts';
import { odsOf, xlsxOf } from '../../../../helpers/feeds/sheets.ts';
import { zipOf } from '../../../../helpers/zip.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'armoire-closing-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function openFiles(path: string): Promise<number> {
  const links = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return links.filter((link) => link === path).length;
}

// Longer than what is looked at to tell its form, so that reading stops within it.
const ROWS = Array.from({ length: 20_000 }, (_, n) => [
  `id-${n}`,
  `Title ${n}`,
  `https://i.example/${n}.jpg`,
]);
const HEADER = ['id', 'title', 'image_link'];
const csvOf = (header: string[]) => Buffer.from([header, ...ROWS].map((cells) => cells.join(',')).join('\n'));
const json = Buffer.from(JSON.stringify(ROWS.map(([id, title, image_link]) => ({ id, title, image_link }))));
const FEEDS: [string, () => Buffer | Promise<Buffer>][] = [
  ['CSV', () => csvOf(HEADER)],
  ['CSV with a header that cannot be used', () => csvOf(['a', 'b', 'c'])],
  ['CSV, gzipped', () => gzipSync(csvOf(HEADER))],
  ['CSV in a zip', () => zipOf({ 'feed.csv': csvOf(HEADER) })],
  [
    'CSV in a zip beside another',
    () => zipOf({ 'feed.csv': csvOf(HEADER), 'other.csv': csvOf(['a', 'b', 'c']) }),
  ],
  ['JSON', () => json],
  ['JSON in a zip', () => zipOf({ 'feed.json': json })],
  [
    'JSON Lines',
    () =>
      Buffer.from(
        ROWS.map(([id, title, image_link]) => JSON.stringify({ id, title, image_link })).join('\n'),
      ),
  ],
  ['an Excel sheet', () => xlsxOf({ Items: [HEADER, ...ROWS.slice(0, 2000)] })],
  ['an OpenDocument sheet', () => odsOf([HEADER, ...ROWS.slice(0, 2000)])],
  ['a picture', () => Buffer.from(`\x89PNG\r\n\x1a\n${'x'.repeat(600_000)}`, 'latin1')],
];

describe.skipIf(platform() !== 'linux')('no file stays open', () => {
  it.each(FEEDS)('after %s', async (_, bytes) => {
    const path = join(folder, 'upload');
    await writeFile(path, await bytes());
    await stageSource(openFolderStore(folder), 'job', { kind: 'file', path });
    for (const read of [
      async () => {
        const files = await openStaged(openFolderStore(folder), 'job');
        await readFirstRows(files, 'EUR').finally(() => files.close());
      },
      async () => {
        const files = await openStaged(openFolderStore(folder), 'job');
        try {
          for await (const _ of readFeed(files)) break;
        } finally {
          await files.close();
        }
      },
    ]) {
      await read().catch(() => undefined);
      // Streams are closed a moment after they are destroyed.
      await expect.poll(() => openFiles(path)).toBe(0);
    }
  });
});
