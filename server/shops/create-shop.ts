import { addFirstKey } from '../access/keys.ts';
import { againIfOvertaken } from '../db/again.ts';
import type { Database } from '../db/database.ts';
import { InvalidInputError } from '../errors/errors.ts';
import { isCurrency } from '../vocabulary/currency-sign.ts';
import { nameText } from '../vocabulary/visible.ts';
import { createShop, type ShopRow } from './shops.sql.ts';

const MAX_NAME = 100;

/** Throws InvalidInputError. */
export function checkShopName(wanted: string): string {
  const name = nameText(wanted);
  if (name.length < 1 || name.length > MAX_NAME) {
    throw new InvalidInputError(`name must have 1 to ${MAX_NAME} characters.`, { field: 'name' });
  }
  return name;
}

/** A new shop and its admin key, to be shown once. Throws InvalidInputError. */
export async function openShop(
  db: Database,
  wanted: { name: string; currency: string },
): Promise<{ shop: ShopRow; key: string }> {
  const name = checkShopName(wanted.name);
  const currency = wanted.currency.trim().toUpperCase();
  if (!isCurrency(currency)) {
    throw new InvalidInputError('currency must be the ISO 4217 code of a currency, such as EUR.', {
      field: 'currency',
    });
  }
  // Its partitions are locked with their parents, which who writes items meanwhile may have in another order.
  return againIfOvertaken(() =>
    db.asOwner(async (tx) => {
      const id = await createShop(tx, { name, currency, isDemo: false });
      const key = await addFirstKey(tx, id);
      return { shop: { id, name, currency, isDemo: false, language: null }, key };
    }),
  );
}
