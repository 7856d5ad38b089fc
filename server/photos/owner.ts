/** Anyone with the link of a photo may see it. Changing or deleting it takes the token that its uploader holds. */
import { randomBytes } from 'node:crypto';
import { hashKey } from '../access/keys.ts';
import { hasRole, type Viewer } from '../access/viewer.ts';
import type { ShopQueryable } from '../db/database.ts';
import { ForbiddenError } from '../errors/errors.ts';
import { isOwnerHash } from './photos.sql.ts';

/** 256 random bits, of which the database keeps only the hash. */
export function makeOwnerToken(): { token: string; hash: Buffer } {
  const token = `photo_${randomBytes(32).toString('base64url')}`;
  return { token, hash: hashKey(token) };
}

/** Throws ForbiddenError unless the token is that of the photo's uploader. The shop's own staff need none. */
export async function requireOwner(
  db: ShopQueryable,
  viewer: Viewer,
  photoId: string,
  token: string | null | undefined,
): Promise<void> {
  if (hasRole(viewer, 'merchandiser')) return;
  if (token && (await isOwnerHash(db, photoId, hashKey(token)))) return;
  throw new ForbiddenError(
    token
      ? "This is not the photo's ownerToken."
      : 'Only the uploader may change a photo: send the ownerToken that parsePhoto returned.',
  );
}
