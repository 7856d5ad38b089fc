import { createHash } from 'node:crypto';
import { NotFoundError } from '../errors/errors.ts';
import { StoreUnavailableError } from '../errors/store-unavailable.ts';
import type { FileStore } from '../store/file-store.ts';

/** Images by the SHA-256 of their bytes: upright WebP without metadata, long side at most 1600 pixels. */
export interface ImageStore {
  /** The name of the store that they are in. */
  readonly place: string;
  /** Stores the bytes and returns their SHA-256 in hex. Storing the same bytes twice makes one file. */
  put(bytes: Buffer): Promise<string>;
  /** Throws NotFoundError; where a bucket gives other bytes than were stored, StoreUnavailableError. */
  read(sha256: string): Promise<Buffer>;
  has(sha256: string): Promise<boolean>;
  /** Milliseconds since it was last stored; null if there is no such image. */
  age(sha256: string): Promise<number | null>;
  /** Confirmed when it resolves. Does nothing if there is no such image. */
  delete(sha256: string): Promise<void>;
  /** Those whose hash begins with these two digits, with the milliseconds since they were last stored. */
  list(firstByte: string): AsyncIterable<{ readonly sha256: string; readonly age: number }>;
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const SHA256 = /^[0-9a-f]{64}$/;

export function isSha256(text: string): boolean {
  return SHA256.test(text);
}

/** Under the keys `images/ab/cdef….webp`. */
export function openImageStore(store: FileStore): ImageStore {
  // Only a validated hash ever becomes part of a key.
  const keyOf = (sha256: string) => {
    if (!isSha256(sha256)) throw new NotFoundError('There is no such image.');
    return `images/${sha256.slice(0, 2)}/${sha256.slice(2)}.webp`;
  };
  const age = async (sha256: string) => (await store.stat(keyOf(sha256)))?.age ?? null;
  return {
    place: store.name,
    async put(bytes) {
      const sha256 = hashOf(bytes);
      const key = keyOf(sha256);
      if (!(await store.touch(key))) await store.put(key, bytes);
      return sha256;
    },
    async read(sha256) {
      const bytes = await store.read(keyOf(sha256));
      if (!bytes) throw new NotFoundError('There is no such image.');
      if (hashOf(bytes) === sha256) return bytes;
      // Browsers and caches keep a picture for a year, so a gateway's page must not pass for one. A folder has no gateway:
      // what it has instead of the image is damage, which does not pass.
      const message = `The store has other bytes than those of the image ${sha256}.`;
      throw store.isShared ? new StoreUnavailableError(message) : new NotFoundError(message);
    },
    has: async (sha256) => isSha256(sha256) && (await age(sha256)) !== null,
    age,
    async delete(sha256) {
      if (isSha256(sha256)) await store.delete(keyOf(sha256));
    },
    async *list(firstByte) {
      for await (const { key, age } of store.list(`images/${firstByte}`)) {
        const [, first, rest] = IMAGE_KEY.exec(key) ?? [];
        if (first !== undefined) yield { sha256: `${first}${rest}`, age };
      }
    },
  };
}

const IMAGE_KEY = /^images\/([0-9a-f]{2})\/([0-9a-f]{62})\.webp$/;
