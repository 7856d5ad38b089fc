import { constants, copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What of a data folder a backup has beside the database: pictures, and feeds that are still being read. */
export const FOLDERS = ['images', 'imports'] as const;

/** Files that are being written have another ending. */
const IMAGE = /^[0-9a-f]{62}\.webp$/;

/**
 * Copies what is not there yet. A picture never changes under its name, and one that goes meanwhile is left out: the
 * copy of the database that comes after it does not need it.
 */
export async function copyNew(from: string, to: string, name: (typeof FOLDERS)[number]): Promise<void> {
  await copyTree(join(from, name), join(to, name), (file) => name !== 'images' || IMAGE.test(file));
}

async function copyTree(from: string, to: string, isWanted: (file: string) => boolean): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true }).catch(orNone);
  if (entries.length === 0) return;
  await mkdir(to, { recursive: true, mode: 0o700 });
  const there = new Set(await readdir(to));
  for (const entry of entries) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target, isWanted);
    else if (entry.isFile() && isWanted(entry.name) && !there.has(entry.name))
      // Where the file system can, both share their blocks.
      await copyFile(source, target, constants.COPYFILE_FICLONE).catch(
        async (error: NodeJS.ErrnoException) => {
          await rm(target, { force: true });
          return orNone(error);
        },
      );
  }
}

function orNone(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
