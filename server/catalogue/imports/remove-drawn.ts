import { endDemo } from '../../shops/shops.sql.ts';
import type { CatalogueContext } from '../context.ts';
import { listDrawnItems } from '../items/remove-items.sql.ts';
import { cleanUp, REMOVAL_STEP, removeRows } from '../items/remove-items.ts';
import { cancelImport } from './control.ts';
import { demoJobIds } from './demo.ts';
import { listJobIds } from './import-job.sql.ts';

/** Deletes the demo's drawn items from the viewer's shop, which is no demo from then on. Returns their number. */
export async function removeDrawnItems(context: CatalogueContext): Promise<number> {
  const { db, shopId } = context;
  // Drawing stops first, then what was already queued; what is left cannot grow any more.
  await db.asOwner((tx) => endDemo(tx, shopId));
  const jobs = await db.inShop(shopId, (tx) => listJobIds(tx, demoJobIds(shopId)));
  for (const id of jobs) await cancelImport(context, id);
  let removed = 0;
  for (;;) {
    const gone = await db.inShop(shopId, async (tx) =>
      removeRows(tx, shopId, await listDrawnItems(tx, shopId, REMOVAL_STEP)),
    );
    if (gone.ids.length === 0) return removed;
    removed += gone.ids.length;
    await cleanUp(context, shopId, gone);
  }
}
