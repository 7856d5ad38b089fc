import { createKey } from '../access/keys.ts';
import type { Database } from '../db/database.ts';
import { InvalidInputError, NotFoundError } from '../errors/errors.ts';
import { nameText } from '../vocabulary/visible.ts';
import { findFirstShop, findShopsNamed, listShops, type ShopRow } from './shops.sql.ts';

const LABEL = "Made on the server's machine";
const SHOWN_SHOPS = 20;

/** A new key of a shop, to be shown once. Throws NotFoundError, and InvalidInputError where several have the name. */
export async function makeShopKey(
  db: Database,
  wanted: { shop: string | null; admin: boolean },
): Promise<{ shop: ShopRow; key: string }> {
  const shop = await findOneShop(db, wanted.shop);
  const role = wanted.admin ? 'admin' : 'merchandiser';
  // Whoever has lost the admin keys of a shop that has all the keys it may have could revoke none.
  const { key } = await createKey(db, shop.id, { role, label: LABEL }, Number.POSITIVE_INFINITY);
  return { shop, key };
}

async function findOneShop(db: Database, name: string | null): Promise<ShopRow> {
  const [found, all] = await db.asOwner(async (tx) => {
    const first = name === null ? await findFirstShop(tx) : null;
    const named = name === null ? (first ? [first] : []) : await findShopsNamed(tx, nameText(name));
    return [named, named.length === 1 ? [] : await listShops(tx, SHOWN_SHOPS)] as const;
  });
  const [shop, other] = found;
  const list = (shops: readonly ShopRow[]) =>
    shops.map(({ name, id }) => `${nameText(name)} (${id})`).join(', ');
  if (other) {
    throw new InvalidInputError(`Several shops have this name. Use an id instead: ${list(found)}.`, {
      field: 'shop',
    });
  }
  if (!shop) throw new NotFoundError(`There is no such shop. The shops are: ${list(all)}.`);
  return shop;
}
