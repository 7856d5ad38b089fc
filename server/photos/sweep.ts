import { isUnavailable } from '../errors/unavailable.ts';
import type { GarmentServices } from '../garments/context.ts';
import { openOrphanSweep } from '../images/orphans.ts';
import { removeUnusedImage } from '../images/remove-unused.ts';
import { type ExpiredPhoto, listExpiredPhotos, removePhotos } from './photos.sql.ts';

const EVERY_MS = 5 * 60_000;
const BATCH = 200;

type Parts = Pick<GarmentServices, 'db' | 'images' | 'store' | 'log'>;

/**
 * Removes expired photos with their garments, and their files unless something else uses them. A photo is removed when
 * the store has confirmed that its file is, so what fails is tried again by the next sweep. Returns how many.
 */
export async function sweepPhotos(
  parts: Omit<Parts, 'store' | 'log'>,
  freshMs?: number,
  isStopped: () => boolean = () => false,
): Promise<number> {
  const { db, images } = parts;
  let removed = 0;
  let failure: unknown;
  // All of them, a batch at a time: of busy shops, more expire between two sweeps than a batch has.
  for (let after: ExpiredPhoto | undefined; ; ) {
    const page = { limit: BATCH, store: images.place, after };
    const expired = await db.asOwner((tx) => listExpiredPhotos(tx, page));
    const done: string[] = [];
    for (const photo of expired) {
      try {
        if (await removeUnusedImage(parts, photo.sha256, freshMs)) done.push(photo.id);
      } catch (error) {
        failure = error;
        // The others would wait as long, each in its turn.
        if (isUnavailable(error)) break;
      }
    }
    if (done.length > 0) await db.asOwner((tx) => removePhotos(tx, done));
    removed += done.length;
    after = expired.at(-1);
    if (expired.length < BATCH || isStopped() || (failure !== undefined && isUnavailable(failure))) break;
  }
  if (failure !== undefined) throw failure;
  return removed;
}

/** Sweeps now and every few minutes, until stopped. */
export function startSweep(parts: Parts): { stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  let stopped = false;
  const sweepOrphans = openOrphanSweep(parts);
  const sweep = async () => {
    await sweepPhotos(parts, undefined, () => stopped).catch((error: unknown) => {
      parts.log.error('Expired photos could not be removed; the next sweep tries again.', error);
    });
    await sweepOrphans(() => stopped).catch((error: unknown) => {
      parts.log.error('Files that nothing uses could not be removed; the next sweep tries again.', error);
    });
  };
  const begin = () => {
    running ??= sweep().finally(() => {
      running = null;
    });
  };
  begin();
  const timer = setInterval(begin, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
