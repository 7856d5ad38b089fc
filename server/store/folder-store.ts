import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import {
  access,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileStore, StoredFile } from './file-store.ts';
import { makeFolder, syncFolder } from './sync.ts';

/** Half-written files, in each of the data folder's own. Emptied at each start: see `clearTemporary`. */
const PARTS = 'tmp';

/** Files of the data folder, under their keys. */
export function openFolderStore(root: string, name = 'folder'): FileStore {
  const pathOf = (key: string) => {
    // No key comes from outside; this holds if one ever does.
    if (!/^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/.test(key)) throw new Error(`${key} is no key of the store.`);
    return join(root, key);
  };

  /** Renamed once complete, so that a killed process leaves no half file under a valid name. */
  async function replace(key: string, write: (part: string) => Promise<void>): Promise<void> {
    const path = pathOf(key);
    // In the same folder of the data folder, which may be a disk of its own.
    const parts = join(root, ...key.split('/').slice(0, -1).slice(0, 1), PARTS);
    await mkdir(parts, { recursive: true, mode: 0o700 });
    const part = join(parts, `${basename(key)}.${randomBytes(6).toString('hex')}`);
    try {
      await write(part);
      await makeFolder(dirname(path));
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    // Its row may reach the disk at any time, so the file's name has to be there first.
    await syncFolder(dirname(path));
  }

  async function* walk(folder: string, key: string): AsyncGenerator<StoredFile> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(orNull);
    for (const entry of entries ?? []) {
      const inner = `${key}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== PARTS) yield* walk(join(folder, entry.name), inner);
      } else {
        const found = await look(join(folder, entry.name), inner);
        if (found) yield found;
      }
    }
  }

  return {
    name,
    isShared: false,
    put: (key, bytes) => replace(key, (part) => writeFile(part, bytes, { mode: 0o600, flush: true })),
    putStream: (key, chunks) =>
      replace(key, (part) =>
        pipeline(Readable.from(chunks), createWriteStream(part, { mode: 0o600, flush: true })),
      ),
    async touch(key) {
      const now = new Date();
      return utimes(pathOf(key), now, now).then(
        () => true,
        () => false,
      );
    },
    read: (key) => readFile(pathOf(key)).catch(orNull),
    async readRange(key, start, end) {
      const file = await open(pathOf(key));
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    stream: (key) => createReadStream(pathOf(key)),
    stat: (key) => look(pathOf(key), key),
    delete: (key) => rm(pathOf(key), { force: true }),
    deleteFolder: (key) => rm(pathOf(key), { recursive: true, force: true }),
    list: (key) => walk(pathOf(key), key),
    localPath: pathOf,
    check: () => access(root),
  };
}

async function look(path: string, key: string): Promise<StoredFile | null> {
  const found = await stat(path).catch(orNull);
  return found?.isFile() ? { key, bytes: found.size, age: Date.now() - found.mtimeMs } : null;
}

/** For what is not there. Other errors, such as those of a full or broken disk, are thrown. */
function orNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
