import { isOtherStoreUsed } from '../../db/servers.sql.ts';
import { isOutage } from '../../errors/outage.ts';
import { colourDifference, type Fingerprint } from '../../vision/fingerprint.ts';
import { fingerprint } from '../../vision/image.ts';
import type { CatalogueServices } from '../context.ts';
import {
  FIRST_UNCOMPARED,
  insertPairs,
  listCandidates,
  listUncompared,
  setFingerprints,
  type UncomparedImage,
} from './duplicates.sql.ts';

type Parts = Pick<CatalogueServices, 'db' | 'images' | 'store' | 'log'>;

const BATCH = 25;
/** Shoppers and the parser come first: images that arrive one by one are compared in small batches. */
const SOON_MS = 2000;
/** Between two full batches. */
const PAUSE_MS = 200;
/** How often to look for images imported by other processes. */
const POLL_MS = 30_000;
/**
 * Mean difference, of 255. Of 240 drawn items, the same image saved again (JPEG at quality 40, half and quarter size)
 * differed by at most 1.3, and the 90 pairs of different images with close hashes by at least 4.8.
 */
const MOST_COLOUR_DIFFERENCE = 3;

/**
 * Compares new first images with the shop's others, in batches, and saves the pairs that look the same. Of two images
 * imported at once, the one compared later finds the pair. Returns how many it compared: items that share one count as one.
 * `place` is how far it has come, the beginning once all were seen: images that only another server has stay uncompared
 * here, and are passed over.
 */
export async function compareImages(parts: Parts, place = { after: FIRST_UNCOMPARED }): Promise<number> {
  const images = await parts.db.asOwner((tx) => listUncompared(tx, { ...place, limit: BATCH }));
  place.after = images.length === BATCH ? images.at(-1)! : FIRST_UNCOMPARED;
  const byShop = new Map<string, UncomparedImage[]>();
  for (const image of images) byShop.set(image.shopId, [...(byShop.get(image.shopId) ?? []), image]);
  let compared = 0;
  for (const [shopId, ofShop] of byShop) compared += await compareInShop(parts, shopId, ofShop);
  return compared;
}

async function compareInShop(
  { db, images, store, log }: Parts,
  shopId: string,
  ofShop: readonly UncomparedImage[],
): Promise<number> {
  const isMaybeElsewhere = await db.asOwner((tx) => isOtherStoreUsed(tx, store.name));
  const prints = new Map<string, Fingerprint | null>();
  for (const { sha256 } of ofShop) {
    if (prints.has(sha256) || (isMaybeElsewhere && !(await images.has(sha256)))) continue;
    const print = await images
      .read(sha256)
      .then(fingerprint)
      .catch((error: unknown) => {
        // It is looked at when the store is back.
        if (isOutage(error)) throw error;
        log.error(`Image ${sha256} could not be compared with others.`, error);
        return null;
      });
    prints.set(sha256, print);
  }
  const all = [...prints].map(([sha256, print]) => ({ sha256, print }));
  const seen = all.flatMap(({ sha256, print }) => (print ? [{ sha256, print }] : []));
  await db.inShop(shopId, async (tx) => {
    await setFingerprints(tx, shopId, all);
    const candidates = await listCandidates(tx, shopId, seen);
    const pairs = candidates.filter(({ sha256, thumbnail }) => {
      const own = prints.get(sha256);
      return own && colourDifference(own.thumbnail, thumbnail) <= MOST_COLOUR_DIFFERENCE;
    });
    await insertPairs(tx, shopId, pairs);
  });
  return prints.size;
}

export interface Comparing {
  /** New images may be there. */
  wake(): void;
  stop(): Promise<void>;
}

/** Compares in the background until stopped. */
export function startComparing(parts: Parts): Comparing {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  const place = { after: FIRST_UNCOMPARED };

  function plan(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
    timer.unref();
  }

  function run(): void {
    again = false;
    running = compareImages(parts, place)
      .then(() => place.after !== FIRST_UNCOMPARED)
      .catch((error: unknown) => {
        parts.log.error('Images could not be compared; they are tried again.', error);
        return false;
      })
      .then((more) => {
        running = undefined;
        if (!stopped) plan(more ? PAUSE_MS : again ? SOON_MS : POLL_MS);
      });
  }

  run();
  return {
    wake() {
      if (again || stopped) return;
      again = true;
      if (!running) plan(SOON_MS);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
