'use client';

import { useSyncExternalStore } from 'react';

/** What this browser stores about a photo uploaded with it. */
interface OwnPhoto {
  token: string;
  expiresAt: string;
  /** The photo's address, for a list of the visitor's photos; known once its page was shown. */
  thumbnail?: string;
}

type OwnPhotos = Record<string, OwnPhoto>;

const NAME = 'armoire.photos';
const listeners = new Set<() => void>();
/** If the browser stores nothing, kept until the page is reloaded. */
let unkept: OwnPhotos = {};

/** Stores the server's token for a photo, which is needed to change or delete it. */
export function keepOwnPhoto(id: string, photo: OwnPhoto): void {
  write({ ...read(), [id]: photo });
}

/** For the list of the visitor's photos. Does nothing for a photo uploaded elsewhere. */
export function keepThumbnail(id: string, thumbnail: string): void {
  const photos = read();
  const own = new Map(Object.entries(photos)).get(id);
  if (own && own.thumbnail !== thumbnail) write({ ...photos, [id]: { ...own, thumbnail } });
}

export function forgetOwnPhoto(id: string): void {
  const { [id]: _, ...others } = read();
  write(others);
}

/** Null for a photo uploaded elsewhere. */
export function ownerToken(id: string): string | null {
  return new Map(Object.entries(read())).get(id)?.token ?? null;
}

/** Whether this browser uploaded the photo. */
export function useIsOwnPhoto(id: string): boolean {
  return useSyncExternalStore(
    listen,
    () => ownerToken(id) !== null,
    () => false,
  );
}

interface ListedPhoto {
  id: string;
  thumbnail: string;
}

const NONE: readonly ListedPhoto[] = [];
/** The stored text of the last list, so that an unchanged list stays the same object. */
let listed: { text: string; photos: readonly ListedPhoto[] } = { text: '', photos: NONE };

/** The photos of this browser that have not expired, the newest first. */
export function useOwnPhotos(): readonly ListedPhoto[] {
  return useSyncExternalStore(listen, listOwnPhotos, () => NONE);
}

function listOwnPhotos(): readonly ListedPhoto[] {
  const now = new Date().toISOString();
  const photos = Object.entries(read())
    .filter(([, { expiresAt }]) => expiresAt > now)
    .sort(([, a], [, b]) => (a.expiresAt < b.expiresAt ? 1 : -1))
    .flatMap(([id, { thumbnail }]) => (thumbnail ? [{ id, thumbnail }] : []));
  const text = JSON.stringify(photos);
  if (text !== listed.text) listed = { text, photos };
  return listed.photos;
}

function listen(listener: () => void): () => void {
  forgetExpired();
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** The server has none of them any more. */
function forgetExpired(): void {
  const photos = read();
  const now = new Date().toISOString();
  if (Object.values(photos).some(({ expiresAt }) => expiresAt <= now)) write(photos);
}

function read(): OwnPhotos {
  try {
    const stored = Object.entries(JSON.parse(localStorage.getItem(NAME) ?? '{}')).filter(isWhole);
    return { ...Object.fromEntries(stored), ...unkept };
  } catch {
    return unkept;
  }
}

/** What is stored may be an earlier version's, or damaged. */
function isWhole(entry: [string, unknown]): entry is [string, OwnPhoto] {
  const { token, expiresAt, thumbnail } = (entry[1] ?? {}) as Record<keyof OwnPhoto, unknown>;
  const texts = [token, expiresAt, thumbnail ?? ''];
  return texts.every((text) => typeof text === 'string');
}

/** Without expired ones. */
function write(photos: OwnPhotos): void {
  const now = new Date().toISOString();
  const alive = Object.fromEntries(Object.entries(photos).filter(([, { expiresAt }]) => expiresAt > now));
  try {
    localStorage.setItem(NAME, JSON.stringify(alive));
    unkept = {};
  } catch {
    unkept = alive;
  }
  for (const listener of listeners) listener();
}
