import type { Database } from '../../db/database.ts';
import { demoJobIds } from './demo.ts';
import { forgetPart, listShopsToForgetFor } from './forget-imports.sql.ts';

/** Items and errors that go in one transaction. */
export const FORGET_STEP = 1000;

/**
 * Forgets old imports, with the items and errors that they list: of a shop that imports every hour, they would grow without
 * end. Those of the demo stay, since its items are drawn where there are none.
 */
export async function forgetImports(
  { db }: { readonly db: Database },
  isStopped: () => boolean = () => false,
): Promise<void> {
  for (const shopId of await db.asOwner(listShopsToForgetFor)) {
    const part = { but: demoJobIds(shopId), limit: FORGET_STEP };
    let isMore = true;
    while (isMore && !isStopped()) isMore = await db.inShop(shopId, (tx) => forgetPart(tx, shopId, part));
  }
}
