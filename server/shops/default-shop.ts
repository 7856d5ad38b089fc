import type { Database } from '../db/database.ts';
import { createShop, findFirstShop, findShop, lockShops, type ShopRow } from './shops.sql.ts';

/** The shop that viewers without a key are in; made at the first start. `isNew` then. */
export async function ensureDefaultShop(
  db: Database,
  { demo }: { demo: boolean },
): Promise<ShopRow & { isNew: boolean }> {
  return db.asOwner(async (tx) => {
    const known = await findFirstShop(tx);
    if (known) return { ...known, isNew: false };
    // Several servers may come up at once on one new database.
    await lockShops(tx);
    const other = await findFirstShop(tx);
    if (other) return { ...other, isNew: false };
    const name = demo ? 'Armoire demo' : 'Armoire';
    const id = await createShop(tx, { name, currency: 'EUR', isDemo: demo });
    return { ...(await findShop(tx, id))!, isNew: true };
  });
}
