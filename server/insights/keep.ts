import type { Database } from '../db/database.ts';
import type { Log } from '../log.ts';
import { listShopIds } from '../shops/shops.sql.ts';
import { analyzeInsights, keepNewestMisses, keepTopItems, removeOldCounts } from './keep.sql.ts';
import { dayOf } from './kinds.ts';
import { DAYS_KEPT } from './period.ts';

const EVERY_MS = 3_600_000;
/** Of a past day and source. */
export const MOST_ITEMS = 100;
/** Of a shop. */
export const MOST_MISSES = 500;
/** Days before these were reduced by an earlier sweep of this process. */
const DAYS_AGAIN = 3;

/** Removes what is older than insights are kept, and reduces what is past. `days`: how far back to reduce. */
export async function keepInsightsSmall(
  db: Database,
  days: number = DAYS_KEPT,
  now = Date.now(),
): Promise<void> {
  for (const shopId of await db.asOwner(listShopIds)) {
    await db.inShop(shopId, async (tx) => {
      await removeOldCounts(tx, shopId, dayOf(now, DAYS_KEPT));
      const [from, before] = [dayOf(now, days), dayOf(now)];
      await keepTopItems(tx, { shopId, from, before, most: MOST_ITEMS });
      await keepNewestMisses(tx, shopId, MOST_MISSES);
    });
  }
  await db.asOwner(analyzeInsights);
}

/** Now and every hour, until stopped. */
export function startKeepingSmall({ db, log }: { db: Database; log: Log }): { stop(): Promise<void> } {
  let running = Promise.resolve();
  const sweep = (days: number) => {
    running = keepInsightsSmall(db, days).catch((error: unknown) => {
      log.error('Insights could not be reduced; the next sweep tries again.', error);
    });
  };
  sweep(DAYS_KEPT);
  const timer = setInterval(() => sweep(DAYS_AGAIN), EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
