import { filterConditions, termsQuery } from '../../catalogue/items/filter.ts';
import type { Queryable } from '../../db/database.ts';
import { parameters } from './conditions.ts';
import type { NearestQuery } from './query.ts';

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
  const { rows } = await db.query<{ ids: string[] }>(
    `select array(select items_with_terms(${terms}, ${bind(most + 1)}::integer)) as ids
     from shops s where s.id = ${bind(shopId)}::uuid`,
    values,
  );
  const { ids } = rows[0] ?? { ids: [] };
  if (ids.length <= most) return { ids, tooMany: false };
  const { words: _, attributes: __, ...rest } = filter;
  const others = [...filterConditions(rest, shopCurrency, () => ''), ...(where?.(() => '') ?? [])];
  return { ids: null, tooMany: others.length === 0 };
}
