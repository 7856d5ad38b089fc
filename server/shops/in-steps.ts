import type { Database } from '../db/database.ts';
import { listShopIds } from './shops.sql.ts';

/** Each has a partition with some eight indexes, and a transaction that reads it locks them all. */
const SHOPS = 50;

/**
 * The ids of all shops, a few at a time: for statements over partitioned tables, which name the shops that they are about and
 * so lock theirs alone.
 */
export async function* inSteps(db: Pick<Database, 'asOwner'>, most = SHOPS): AsyncGenerator<string[]> {
  const ids = await db.asOwner(listShopIds);
  for (let from = 0; from < ids.length; from += most) yield ids.slice(from, from + most);
}
