import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { InvalidInputError } from '../../errors/errors.ts';
import type { FileStore } from '../../store/file-store.ts';
import type { IsOver } from '../../watchdog/time-limit.ts';
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

export const keyOfJob = (jobId: string) => `imports/${jobId}`;
const keyOfSource = (jobId: string) => `${keyOfJob(jobId)}/source.json`;
const UPLOAD = 'upload';

/**
 * Stores an upload under the id of the job that is to read it. Throws InvalidInputError and keeps nothing if it is empty
 * (EMPTY_FEED) or too large (FEED_TOO_LARGE).
 */
export async function stageUpload(
  store: FileStore,
  jobId: string,
  upload: Readable,
  limit: number,
): Promise<void> {
  const key = `${keyOfJob(jobId)}/${UPLOAD}`;
  let size = 0;
  async function* bounded() {
    for await (const chunk of upload as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw feedTooLarge(limit);
      yield chunk;
    }
    if (size === 0) throw new InvalidInputError('The feed is empty.', { code: 'EMPTY_FEED', field: 'feed' });
  }
  await store.putStream(key, bounded());
  await stageSource(store, jobId, { kind: 'file', path: UPLOAD });
}

/** Records where the feed is; relative paths start at the job's own files. */
export function stageSource(store: FileStore, jobId: string, source: Source): Promise<void> {
  return store.put(keyOfSource(jobId), Buffer.from(JSON.stringify(source)));
}

export async function isStaged(store: FileStore, jobId: string): Promise<boolean> {
  return (await store.stat(keyOfSource(jobId))) !== null;
}

/** Throws FeedError if the feed is gone or cannot be opened. A zip and what is in it is read until its time is over. */
export async function openStaged(
  store: FileStore,
  jobId: string,
  isOver: IsOver = () => false,
): Promise<FeedFiles> {
  const text = await store.read(keyOfSource(jobId));
  if (!text) throw new FeedError('The feed is no longer in the data folder.');
  const { path, ...source } = parseSource(text.toString());
  if (!isAbsolute(path)) {
    const key = `${keyOfJob(jobId)}/${path}`;
    const local = store.localPath(key);
    return local === null ? openStored(store, key, isOver) : openLocal({ ...source, path: local }, isOver);
  }
  return openLocal({ ...source, path }, isOver);
}

/** On this machine's disk. */
async function openLocal(source: Source, isOver: IsOver): Promise<FeedFiles> {
  const { kind, path } = source;
  await stat(path).catch((cause: unknown) => {
    throw new FeedError(`${path} is no longer there.`, { cause });
  });
  if (kind === 'folder') return openFolder(path, source.feed);
  return isZip(await readStart(path)) ? openZip(path, { isOver }) : openFeedFile(path, basename(path));
}

/** Elsewhere: read as it is needed. */
async function openStored(store: FileStore, key: string, isOver: IsOver): Promise<FeedFiles> {
  const found = await store.stat(key);
  if (!found) throw new FeedError(`${basename(key)} is no longer there.`);
  if (!isZip(await store.readRange(key, 0, MAGIC_BYTES))) {
    const name = basename(key);
    return { ...openFeedFile(key, name), feed: { name, open: async () => store.stream(key) } };
  }
  const read = (start: number, end: number) => store.readRange(key, start, end);
  return openZip({ size: found.bytes, read }, { isOver });
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

export function removeStaged(store: FileStore, jobId: string): Promise<void> {
  return store.deleteFolder(keyOfJob(jobId));
}

/** The jobs of which no file has been stored for this long. */
export async function listStaged(store: FileStore, olderThanMs: number): Promise<string[]> {
  const youngest = new Map<string, number>();
  for await (const { key, age } of store.list('imports')) {
    const jobId = key.split('/')[1]!;
    youngest.set(jobId, Math.min(age, youngest.get(jobId) ?? age));
  }
  return [...youngest].flatMap(([jobId, age]) => (age > olderThanMs ? [jobId] : []));
}

const MAGIC_BYTES = 4;

async function readStart(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: MAGIC_BYTES - 1 })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function isZip(start: Buffer): boolean {
  return start.length === MAGIC_BYTES && start.subarray(0, 2).toString() === 'PK' && start.readUInt8(2) < 8;
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
