import type { Readable } from 'node:stream';
import { isUuid } from '../../db/database.ts';
import type { FileStore } from '../../store/file-store.ts';
import type { IsOver } from '../../watchdog/time-limit.ts';
import type { FeedFiles } from '../feed/files.ts';
import { openStaged, removeStaged, stageUpload } from './staging.ts';

/** How long a feed that was looked at can be imported without being sent again. */
export const PREVIEW_MS = 3600 * 1000;
/** Longer than an import may take to begin with a feed that was still good. */
const MARGIN_MS = 5 * 60 * 1000;
/** Kept for each shop; the oldest makes room. */
const MOST_KEPT = 3;

const keyOf = (shopId: string, token: string) => `previews/${shopId}/${token}/name`;

/**
 * Stores a feed to be looked at, where the job of the same id would look for it. Throws InvalidInputError if it is too
 * large or empty.
 */
export async function storePreview(
  store: FileStore,
  token: string,
  feed: { readonly stream: Readable; readonly limit: number },
): Promise<void> {
  await stageUpload(store, token, feed.stream, feed.limit);
}

/** It has been read: notes whose it is. From now on it can be imported, and the shop's oldest ones make room. */
export async function leavePreview(
  store: FileStore,
  shopId: string,
  token: string,
  name: string,
): Promise<void> {
  await store.put(keyOf(shopId, token), Buffer.from(name));
  const all = await listPreviews(store, `previews/${shopId}`);
  all.sort((a, b) => a.age - b.age);
  for (const old of all.slice(MOST_KEPT)) await removePreview(store, old.shopId, old.token);
}

/** Throws FeedError if it cannot be opened, OutOfTimeError if its time is over before that. */
export function openPreview(store: FileStore, token: string, isOver: IsOver): Promise<FeedFiles> {
  return openStaged(store, token, isOver);
}

export async function removePreview(store: FileStore, shopId: string, token: string): Promise<void> {
  // The note last: what a kill leaves is then still known.
  await removeStaged(store, token);
  await store.deleteFolder(`previews/${shopId}/${token}`);
}

/**
 * Leaves the feed to the job with the same id, and returns its name. Null if it has expired, is another shop's, or was
 * taken before.
 */
export async function takePreview(store: FileStore, shopId: string, token: string): Promise<string | null> {
  if (!isUuid(token)) return null;
  const key = keyOf(shopId, token);
  const found = await store.stat(key);
  if (!found || found.age > PREVIEW_MS) return null;
  const name = await store.read(key);
  // Two requests at once begin the same job, which is begun once.
  await store.deleteFolder(`previews/${shopId}/${token}`);
  return name?.toString() ?? null;
}

/** What was taken can be taken again: no job has begun with it. */
export async function putPreviewBack(
  store: FileStore,
  shopId: string,
  token: string,
  name: string,
): Promise<void> {
  await store.put(keyOf(shopId, token), Buffer.from(name));
}

/** Removes the feeds that have expired. */
export async function sweepPreviews(store: FileStore): Promise<void> {
  for (const { shopId, token, age } of await listPreviews(store, 'previews')) {
    if (age > PREVIEW_MS + MARGIN_MS) await removePreview(store, shopId, token);
  }
}

async function listPreviews(store: FileStore, key: string) {
  const all: { shopId: string; token: string; age: number }[] = [];
  for await (const found of store.list(key)) {
    const [, shopId = '', token = '', file] = found.key.split('/');
    if (file === 'name') all.push({ shopId, token, age: found.age });
  }
  return all;
}
