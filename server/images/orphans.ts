import type { Log } from '../log.ts';
import type { ImageServices } from './context.ts';
import { ownsStore } from './owner.ts';
import { removeUnusedImage } from './remove-unused.ts';
import { findUnusedImages } from './uses.sql.ts';

type Parts = Pick<ImageServices, 'db' | 'images' | 'store'> & { readonly log: Log };

/** Far longer than an item may be worked on between the storing of its first image and the row of it. */
const ORPHAN_MS = 6 * 3_600_000;
/** Of 256: with one step every five minutes, each is looked at every hour. */
const FOLDERS_A_STEP = 22;
const BATCH = 500;

/**
 * Removes files that no item and no photo uses: of a server that was killed before it wrote the row, or of rows that
 * another server deleted, whose files are not in this store. Each call goes through some of the store, and does nothing if
 * the store belongs to another database.
 */
export function openOrphanSweep(parts: Parts): (isStopped: () => boolean) => Promise<number> {
  let next = 0;
  let ours: boolean | undefined;
  return async (isStopped) => {
    if (ours === undefined) {
      ours = await ownsStore(parts);
      if (!ours) parts.log.info(OF_ANOTHER);
    }
    if (!ours) return 0;
    let removed = 0;
    for (let step = 0; step < FOLDERS_A_STEP && !isStopped(); step++) {
      removed += await sweepOrphans(parts, next);
      next = (next + 1) % 256;
    }
    return removed;
  };
}

const OF_ANOTHER =
  'The files in the store are, or were, those of another database: what this one does not use is left there.';

/** Those whose hash begins with this byte. Returns how many were removed. */
export async function sweepOrphans(parts: Parts, firstByte: number, orphanMs = ORPHAN_MS): Promise<number> {
  let batch: string[] = [];
  let removed = 0;
  const flush = async () => {
    const unused = await parts.db.asOwner((tx) => findUnusedImages(tx, batch));
    batch = [];
    for (const sha256 of unused) if (await removeUnusedImage(parts, sha256, orphanMs)) removed += 1;
  };
  for await (const { sha256, age } of parts.images.list(firstByte.toString(16).padStart(2, '0'))) {
    if (age <= orphanMs) continue;
    batch.push(sha256);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  if (removed > 0) parts.log.info(`Removed ${removed} pictures that nothing uses.`);
  return removed;
}
