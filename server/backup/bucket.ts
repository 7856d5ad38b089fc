import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { OWNER_KEY } from '../images/owner.ts';
import type { FileStore } from '../store/file-store.ts';
import { makeFolder } from '../store/sync.ts';
import { FOLDERS } from './folders.ts';

/** Copies what the bucket has into the backup's folder, unless it is there. What goes meanwhile is left out. */
export async function downloadNew(store: FileStore, folder: string): Promise<void> {
  for (const name of FOLDERS) {
    const there = new Set(await listKeys(folder, name));
    for await (const { key } of store.list(name)) {
      if (there.has(key)) continue;
      const path = join(folder, key);
      await makeFolder(dirname(path));
      try {
        await pipeline(store.stream(key), createWriteStream(`${path}.part`, { mode: 0o600 }));
        await rename(`${path}.part`, path);
      } catch (error) {
        await rm(`${path}.part`, { force: true });
        if (await store.stat(key)) throw error;
      }
    }
  }
}

/** Puts the backup's files into the bucket, and then removes what the backup does not have. */
export async function uploadAll(store: FileStore, folder: string): Promise<void> {
  for (const name of FOLDERS) {
    const keys = new Set(await listKeys(folder, name));
    for (const key of keys) await store.putStream(key, createReadStream(join(folder, key)));
    for await (const { key } of store.list(name)) if (!keys.has(key)) await store.delete(key);
  }
  await store.delete(OWNER_KEY);
}

export async function isEmpty(store: FileStore): Promise<boolean> {
  for (const name of FOLDERS) for await (const _ of store.list(name)) return false;
  return true;
}

async function listKeys(folder: string, name: string): Promise<string[]> {
  const root = join(folder, name);
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
}
