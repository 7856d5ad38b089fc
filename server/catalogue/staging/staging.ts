import { createWriteStream } from 'node:fs';
import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { makeFolder, syncFolder } from '../../db/sync.ts';
import { InvalidInputError } from '../../errors/errors.ts';
import { FeedError } from '../feed/fault.ts';
import type { FeedFiles } from '../feed/files.ts';
import { openFeedFile, openFolder } from '../feed/folder.ts';
import { openZip } from '../feed/zip.ts';

/** Where a job's feed is. Saved beside it, so that a server that resumes the job finds it. */
const Source = z.discriminatedUnion('kind', [
  /** A single file, a zip or a feed, told apart by its content. */
  z.object({ kind: z.literal('file'), path: z.string() }),
  /** A folder with its images; `feed` names the feed if there may be several. */
  z.object({ kind: z.literal('folder'), path: z.string(), feed: z.string().optional() }),
]);
export type Source = z.infer<typeof Source>;

export const folderOfJob = (dataDir: string, jobId: string) => join(dataDir, 'imports', jobId);

/** Creates a folder for a job's files. */
export async function makeStagingFolder(dataDir: string, jobId: string): Promise<string> {
  const folder = folderOfJob(dataDir, jobId);
  await makeFolder(folder);
  return folder;
}

/** Writes an upload to disk. If it is too large, throws InvalidInputError FEED_TOO_LARGE and keeps nothing. */
export function stageUpload(dataDir: string, jobId: string, upload: Readable, limit: number): Promise<void> {
  return storeUpload(folderOfJob(dataDir, jobId), upload, limit);
}

/** The same in any folder, which is removed if the upload cannot be stored. */
export async function storeUpload(folder: string, upload: Readable, limit: number): Promise<void> {
  await makeFolder(folder);
  const path = join(folder, 'upload');
  let size = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      done(size > limit ? feedTooLarge(limit) : null, chunk);
    },
  });
  try {
    await pipeline(upload, bounded, createWriteStream(path, { mode: 0o600, flush: true }));
    if (size === 0) throw new InvalidInputError('The feed is empty.', { code: 'EMPTY_FEED', field: 'feed' });
    await writeSource(folder, { kind: 'file', path: 'upload' });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Records where the feed is; relative paths start at the job's own folder. */
export async function stageSource(dataDir: string, jobId: string, source: Source): Promise<void> {
  await writeSource(await makeStagingFolder(dataDir, jobId), source);
}

async function writeSource(folder: string, source: Source): Promise<void> {
  const file = await open(join(folder, 'source.json'), 'w', 0o600);
  await file.writeFile(JSON.stringify(source));
  await file.sync();
  await file.close();
  await syncFolder(folder);
  await syncFolder(dirname(folder));
}

export function isStaged(dataDir: string, jobId: string): Promise<boolean> {
  return stat(join(folderOfJob(dataDir, jobId), 'source.json')).then(
    () => true,
    () => false,
  );
}

/** Throws FeedError if the feed is gone or cannot be opened. */
export function openStaged(dataDir: string, jobId: string): Promise<FeedFiles> {
  return openStored(folderOfJob(dataDir, jobId));
}

/** Opens what was stored in a folder. Throws FeedError. */
export async function openStored(folder: string): Promise<FeedFiles> {
  const text = await readFile(join(folder, 'source.json'), 'utf8').catch((cause: unknown) => {
    throw new FeedError('The feed is no longer in the data folder.', { cause });
  });
  const source = parseSource(text);
  const path = isAbsolute(source.path) ? source.path : join(folder, source.path);
  await stat(path).catch((cause: unknown) => {
    throw new FeedError(`${source.path} is no longer there.`, { cause });
  });
  if (source.kind === 'folder') return openFolder(path, source.feed);
  return (await isZip(path)) ? openZip(path) : openFeedFile(path, basename(path));
}

function parseSource(text: string): Source {
  try {
    return Source.parse(JSON.parse(text));
  } catch (cause) {
    throw new FeedError('The record of where the feed is stored is damaged. Import the feed again.', {
      cause,
    });
  }
}

export async function removeStaged(dataDir: string, jobId: string): Promise<void> {
  await rm(folderOfJob(dataDir, jobId), { recursive: true, force: true });
}

/** The jobs whose folders have been unchanged for this long. */
export async function listStaged(dataDir: string, olderThanMs: number): Promise<string[]> {
  const names = await readdir(join(dataDir, 'imports')).catch(() => []);
  const old: string[] = [];
  for (const name of names) {
    const found = await stat(folderOfJob(dataDir, name)).catch(() => null);
    if (found && Date.now() - found.mtimeMs > olderThanMs) old.push(name);
  }
  return old;
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, 2).toString() === 'PK' && buffer.readUInt8(2) < 8;
  } finally {
    await file.close();
  }
}

export function feedTooLarge(limit: number): InvalidInputError {
  const size = `${Math.floor(limit / 1024 / 1024)} MiB`;
  return new InvalidInputError(
    `The feed is larger than ${size}. Split it, or import it from a folder of the server.`,
    {
      code: 'FEED_TOO_LARGE',
      field: 'feed',
    },
  );
}
