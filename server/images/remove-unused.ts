import type { ImageServices } from './context.ts';
import { findImageUses } from './uses.sql.ts';

/**
 * An image is put first and its row written after the parse. A file that was put this lately may be awaiting its row,
 * so it is left for later.
 */
const FRESH_MS = 10 * 60_000;

/** Removes an image that no item and no living photo uses. False where it must be looked at again later. */
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
