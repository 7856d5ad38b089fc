import type { Readable } from 'node:stream';

/**
 * Where pictures, staged feeds and zips are kept, under keys such as `images/ab/cdef….webp`: the data folder, or an S3
 * bucket that several servers share. A file appears whole or not at all. Whatever cannot be reached throws
 * StoreUnavailableError, or an error of the system.
 */
export interface FileStore {
  /** Tells stores apart. Servers with the same name have the same files. */
  readonly name: string;
  /** Whether other servers can use it too. */
  readonly isShared: boolean;
  put(key: string, bytes: Buffer): Promise<void>;
  /** Stores nothing if the chunks end with an error, which is thrown. */
  putStream(key: string, chunks: AsyncIterable<Buffer>): Promise<void>;
  /** Makes a file as recent as one just stored. False if it has to be stored again for that. */
  touch(key: string): Promise<boolean>;
  /** Null if there is no such file. */
  read(key: string): Promise<Buffer | null>;
  /** The bytes from `start` up to `end`, without `end`; fewer at the end of the file. */
  readRange(key: string, start: number, end: number): Promise<Buffer>;
  /** The whole file in pieces, however slowly they are taken. */
  stream(key: string): Readable;
  stat(key: string): Promise<StoredFile | null>;
  /** Confirmed when it resolves. Does nothing if there is no such file. */
  delete(key: string): Promise<void>;
  /** All files under a folder's key, without a slash at its end. */
  deleteFolder(key: string): Promise<void>;
  /** All files under a folder's key, in no particular order. */
  list(key: string): AsyncGenerator<StoredFile>;
  /** Where the file is on this machine's disk; null in a bucket. */
  localPath(key: string): string | null;
  /** Throws if the store cannot be used. */
  check(): Promise<void>;
}

export interface StoredFile {
  readonly key: string;
  readonly bytes: number;
  /** Milliseconds since it was last stored. */
  readonly age: number;
}
