import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { isUuid } from '../../db/database.ts';
import { makeFolder, syncFolder } from '../../db/sync.ts';
import type { FeedFiles } from '../feed/files.ts';
import { folderOfJob, openStored, storeUpload } from './staging.ts';

/** How long a feed that was looked at can be imported without being sent again. */
export const PREVIEW_MS = 3600 * 1000;
/** Kept for each shop; the oldest makes room. */
const MOST_KEPT = 3;
const NAME = 'name';

const folderOfShop = (dataDir: string, shopId: string) => join(dataDir, 'previews', shopId);
const folderOf = (dataDir: string, shopId: string, token: string) =>
  join(folderOfShop(dataDir, shopId), token);

/** Folders that are being written or read: none of them makes room for another. */
const inUse = new Set<string>();

/** Stores a feed to be looked at, until `removePreview` or `leavePreview`. Throws InvalidInputError if it is too large or empty. */
export async function storePreview(
  dataDir: string,
  shopId: string,
  token: string,
  feed: { readonly name: string; readonly stream: Readable; readonly limit: number },
): Promise<void> {
  const folder = folderOf(dataDir, shopId, token);
  inUse.add(folder);
  try {
    await storeUpload(folder, feed.stream, feed.limit);
    await writeFile(join(folder, NAME), feed.name, { mode: 0o600, flush: true });
  } catch (error) {
    inUse.delete(folder);
    throw error;
  }
}

/** It has been read; the shop's oldest ones make room. */
export async function leavePreview(dataDir: string, shopId: string, token: string): Promise<void> {
  inUse.delete(folderOf(dataDir, shopId, token));
  const all = await listPreviews(folderOfShop(dataDir, shopId));
  for (const { path } of all.slice(MOST_KEPT)) {
    if (!inUse.has(path)) await rm(path, { recursive: true, force: true });
  }
}

/** Throws FeedError if it cannot be opened. */
export function openPreview(dataDir: string, shopId: string, token: string): Promise<FeedFiles> {
  return openStored(folderOf(dataDir, shopId, token));
}

export async function removePreview(dataDir: string, shopId: string, token: string): Promise<void> {
  const folder = folderOf(dataDir, shopId, token);
  inUse.delete(folder);
  await rm(folder, { recursive: true, force: true });
}

/**
 * Makes the feed that of the job with the same id, and returns its name. Null if it has expired, is another shop's, or
 * was taken before.
 */
export async function takePreview(dataDir: string, shopId: string, token: string): Promise<string | null> {
  if (!isUuid(token)) return null;
  const folder = folderOf(dataDir, shopId, token);
  const name = await readFile(join(folder, NAME), 'utf8').catch(() => null);
  if (name === null || isOver(await timeOf(folder))) return null;
  const target = folderOfJob(dataDir, token);
  await makeFolder(dirname(target));
  try {
    await rename(folder, target);
  } catch {
    // Another request was first.
    return null;
  }
  await syncFolder(dirname(target));
  return name;
}

/** Removes the feeds that have expired. */
export async function sweepPreviews(dataDir: string): Promise<void> {
  const root = join(dataDir, 'previews');
  await makeFolder(root);
  for (const shop of await readdir(root)) {
    for (const { path, time } of await listPreviews(join(root, shop))) {
      if (isOver(time)) await rm(path, { recursive: true, force: true });
    }
  }
}

/** The newest first. */
async function listPreviews(folder: string): Promise<{ path: string; time: number }[]> {
  const names = await readdir(folder).catch(() => []);
  const all = await Promise.all(
    names.map(async (name) => ({ path: join(folder, name), time: await timeOf(join(folder, name)) })),
  );
  return all.sort((a, b) => b.time - a.time);
}

const isOver = (time: number) => Date.now() - time > PREVIEW_MS;

/** When its last file was made; 0 if it is gone. */
async function timeOf(folder: string): Promise<number> {
  return (await stat(folder).catch(() => null))?.mtimeMs ?? 0;
}
