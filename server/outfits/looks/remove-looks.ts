import { lockLooks, MAX_LOOK_ITEMS } from '../../catalogue/looks/feed-looks.sql.ts';
import { InvalidInputError } from '../../errors/errors.ts';
import type { LookContext } from './context.ts';
import { deleteLooks, listStoredLooks, type StoredLook } from './save-looks.sql.ts';
import { MAX_LOOKS_AT_ONCE } from './upsert-looks.ts';

/** Removes looks and returns those that existed, as they were. Throws InvalidInputError. */
export async function removeLooks(
  { db, shopId }: Pick<LookContext, 'db' | 'shopId'>,
  ids: readonly string[],
): Promise<StoredLook[]> {
  if (ids.length < 1 || ids.length > MAX_LOOKS_AT_ONCE) {
    throw new InvalidInputError(`ids must have 1 to ${MAX_LOOKS_AT_ONCE} entries.`, { field: 'ids' });
  }
  return db.inShop(shopId, async (tx) => {
    await lockLooks(tx, shopId);
    const looks = (await listStoredLooks(tx, shopId, ids, MAX_LOOK_ITEMS)).filter(({ removed }) => !removed);
    await deleteLooks(
      tx,
      shopId,
      looks.map(({ id }) => id),
    );
    return looks;
  });
}
