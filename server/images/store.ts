import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, syncFolder } from '../db/sync.ts';
import { NotFoundError } from '../errors/errors.ts';

/** Images by the SHA-256 of their bytes: upright WebP without metadata, long side at most 1600 pixels. */
export interface ImageStore {
  /** Stores the bytes and returns their SHA-256 in hex. Storing the same bytes twice makes one file. */
  put(bytes: Buffer): Promise<string>;
  /** Throws NotFoundError. */
  read(sha256: string): Promise<Buffer>;
  has(sha256: string): Promise<boolean>;
  /** Milliseconds since it was last stored; null if there is no such image. */
  age(sha256: string): Promise<number | null>;
  /** Does nothing if there is no such image. */
  delete(sha256: string): Promise<void>;
}

const SHA256 = /^[0-9a-f]{64}$/;

export function isSha256(text: string): boolean {
  return SHA256.test(text);
}

/** A store in files, `folder/ab/cdef….webp`. Another store (S3) would have the same four methods. */
export function openImageStore(folder: string): ImageStore {
  // Emptied at each start: see clearTemporary.
  const parts = join(folder, 'tmp');
  // Only a validated hash ever becomes part of a path.
  const pathOf = (sha256: string) => {
    if (!isSha256(sha256)) throw new NotFoundError('There is no such image.');
    return join(folder, sha256.slice(0, 2), `${sha256.slice(2)}.webp`);
  };
  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const path = pathOf(sha256);
      if (await touch(path)) return sha256;
      await makeFolder(dirname(path));
      await mkdir(parts, { recursive: true, mode: 0o700 });
      // Renamed once complete, so that a killed process leaves no half image under a valid name. Its row may reach the
      // disk at any time, so the file's name has to be there first.
      const part = join(parts, `${sha256}.${randomBytes(6).toString('hex')}`);
      await writeFile(part, bytes, { mode: 0o600, flush: true });
      await rename(part, path);
      await syncFolder(dirname(path));
      return sha256;
    },
    async read(sha256) {
      try {
        return await readFile(pathOf(sha256));
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
          throw new NotFoundError('There is no such image.');
        throw cause;
      }
    },
    has: async (sha256) => isSha256(sha256) && (await modified(pathOf(sha256))) !== null,
    async age(sha256) {
      const at = await modified(pathOf(sha256));
      return at === null ? null : Date.now() - at;
    },
    async delete(sha256) {
      if (isSha256(sha256)) await rm(pathOf(sha256), { force: true });
    },
  };
}

/** Updates the time of last storing; false if there is no such file. */
async function touch(path: string): Promise<boolean> {
  const now = new Date();
  return utimes(path, now, now).then(
    () => true,
    () => false,
  );
}

async function modified(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}
