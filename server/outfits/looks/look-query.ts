import type { Queryable } from '../../db/database.ts';
import { readRules } from '../../retrieval/ranking/rank.ts';
import type { LookQuery } from './looks.sql.ts';

/** `all`: also looks that shoppers do not see. */
export async function lookQuery(
  tx: Queryable,
  shopId: string,
  all: boolean,
  words: readonly string[] = [],
): Promise<LookQuery> {
  // Only exclusions from all searches count: a look is shown for none in particular.
  const { allowed } = await readRules(tx, shopId, [], undefined);
  return { shopId, allowed, all, words };
}
