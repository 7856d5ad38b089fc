import { isUnavailable } from '../errors/unavailable.ts';
import type { GarmentServices } from '../garments/context.ts';
import { openOrphanSweep } from '../images/orphans.ts';
import { removeUnusedImage } from '../images/remove-unused.ts';
import { listExpiredPhotos, removePhotos } from './photos.sql.ts';

const EVERY_MS = 5 * 60_000;
const BATCH = 200;

type Parts = Pick<GarmentServices, 'db' | 'images' | 'store' | 'log'>;

/**
 * Removes expired photos with their garments, and their files unless something else uses them. A photo is removed when
 * the store has confirmed that its file is, so what fails is tried again by the next sweep. Returns how many.
 */
export async function sweepPhotos(parts: Omit<Parts, 'store' | 'log'>, freshMs?: number): Promise<number> {
  const { db, images } = parts;
  const expired = await db.asOwner((tx) => listExpiredPhotos(tx, { limit: BATCH, store: images.place }));
  const done: string[] = [];
  let failure: unknown;
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
  if (failure !== undefined) throw failure;
  return done.length;
}

/** Sweeps now and every few minutes, until stopped. */
export function startSweep(parts: Parts): { stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  let stopped = false;
  const sweepOrphans = openOrphanSweep(parts);
  const sweep = async () => {
    await sweepPhotos(parts).catch((error: unknown) => {
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
