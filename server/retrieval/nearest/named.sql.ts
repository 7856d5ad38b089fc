import { filterConditions, termsQuery } from '../../catalogue/items/filter.ts';
import type { Queryable } from '../../db/database.ts';
import type { Statement } from '../../db/statement.ts';
import { parameters } from './conditions.ts';
import type { NearestQuery } from './query.ts';
import { searchInShop } from './search-in-shop.sql.ts';

/**
 * The ids of the items that match the filter's words and attributes, of which it has some; null where more than `most`
 * match. `tooMany`: more than `most` match and the filter asks for nothing else.
 */
export async function findNamed(
  db: Queryable,
  { shopId, filter, where, shopCurrency }: NearestQuery,
  most: number,
): Promise<{ ids: string[] | null; tooMany: boolean }> {
  const { bind, values } = parameters();
  const terms = termsQuery(filter, bind);
  const statement: Statement<{ ids: string[] }> = {
    // The shop is named, so that a distributed database looks it up on the shop's node.
    text: `select array(select items_with_terms(${terms}, ${bind(most + 1)}::integer)) as ids
      from shops s where s.id = ${bind(shopId)}::uuid`,
    values,
  };
  const { rows } = await searchInShop(db, shopId, { statement });
  const { ids } = rows![0] ?? { ids: [] };
  if (ids.length <= most) return { ids, tooMany: false };
  const { words: _, attributes: __, ...rest } = filter;
  const others = [...filterConditions(rest, shopCurrency, () => ''), ...(where?.(() => '') ?? [])];
  return { ids: null, tooMany: others.length === 0 };
}
