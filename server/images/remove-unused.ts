import type { ImageServices } from './context.ts';
import { findImageUses } from './uses.sql.ts';

/**
 * An image's file is written first, its row only after the parse. A file this recent may still be waiting for its row.
 */
const FRESH_MS = 10 * 60_000;

/** Removes an image that no item and no unexpired photo uses. False if it has to be checked again later. */
export async function removeUnusedImage(
  { db, images }: Pick<ImageServices, 'db' | 'images'>,
  sha256: string,
  freshMs = FRESH_MS,
): Promise<boolean> {
  const uses = await db.asOwner((tx) => findImageUses(tx, sha256));
  if (uses.byItem || uses.byPhoto) return true;
  const age = await images.age(sha256);
  if (age !== null && age < freshMs) return false;
  await images.delete(sha256);
  return true;
}
