import type { Services } from '../context.ts';
import { findImageUses } from '../images/uses.sql.ts';
import { type ExpiredPhoto, listExpiredPhotos, removePhotos } from './photos.sql.ts';

const EVERY_MS = 5 * 60_000;
const BATCH = 200;
/**
 * An upload keeps its image first and its row after the parse. A file that was put this lately may be awaiting its
 * row, so its expired namesake is left for a later sweep.
 */
const FRESH_MS = 10 * 60_000;

type Parts = Pick<Services, 'db' | 'images' | 'log'>;

/** Removes expired photos with their garments, and their files where nothing else uses them. Returns how many. */
export async function sweepPhotos(parts: Parts, freshMs = FRESH_MS): Promise<number> {
  const expired = await parts.db.asOwner((tx) => listExpiredPhotos(tx, BATCH));
  const done: string[] = [];
  for (const photo of expired) {
    if (await removeFile(parts, photo, freshMs)) done.push(photo.id);
  }
  if (done.length > 0) await parts.db.asOwner((tx) => removePhotos(tx, done));
  return done.length;
}

/** Sweeps now and every few minutes, until stopped. */
export function startSweep(parts: Parts): { stop(): Promise<void> } {
  let running = Promise.resolve();
  const sweep = () => {
    running = sweepPhotos(parts).then(
      () => undefined,
      (error: unknown) => {
        parts.log.error('Expired photos could not be removed; the next sweep tries again.', error);
      },
    );
  };
  sweep();
  const timer = setInterval(sweep, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** False where the file must be looked at again later. */
async function removeFile({ db, images }: Parts, photo: ExpiredPhoto, freshMs: number): Promise<boolean> {
  const uses = await db.asOwner((tx) => findImageUses(tx, photo.sha256));
  if (uses.byItem || uses.byPhoto) return true;
  const age = await images.age(photo.sha256);
  if (age !== null && age < freshMs) return false;
  await images.delete(photo.sha256);
  return true;
}
