import type { Database } from '../../db/database.ts';
import { foldRows, listShopsToFold } from './fold-versions.sql.ts';

/**
 * Keeps the rows of each shop's version few (migrations/0031_catalogue_version.sql). Each connection that ever changed the
 * shop has one, pools make new connections all day, and widgets' requests add all of them up.
 */
export async function foldVersions({ db }: { readonly db: Database }): Promise<void> {
  for (const shopId of await db.asOwner(listShopsToFold)) {
    await db.inShop(shopId, (tx) => foldRows(tx, shopId));
  }
}
