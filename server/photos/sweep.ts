import type { GarmentServices } from '../garments/context.ts';
import { removeUnusedImage } from '../images/remove-unused.ts';
import { listExpiredPhotos, removePhotos } from './photos.sql.ts';

const EVERY_MS = 5 * 60_000;
const BATCH = 200;

type Parts = Pick<GarmentServices, 'db' | 'images' | 'log'>;

/** Removes expired photos with their garments, and their files unless something else uses them. Returns how many. */
export async function sweepPhotos(parts: Parts, freshMs?: number): Promise<number> {
  const expired = await parts.db.asOwner((tx) => listExpiredPhotos(tx, BATCH));
  const done: string[] = [];
  for (const photo of expired) {
    if (await removeUnusedImage(parts, photo.sha256, freshMs)) done.push(photo.id);
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
