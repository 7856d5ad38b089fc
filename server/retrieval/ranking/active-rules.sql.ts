import type { Queryable } from '../../db/database.ts';
import type { Statement } from '../../db/statement.ts';
import type { ActiveRule } from './rule.ts';

/** The columns of an ActiveRule, from `rules r`. */
export const RULE_COLUMNS = `r.id, r.kind, r.item_id as "itemId", r.category, r.brand, r.attribute_name as "attributeName",
  r.attribute_value as "attributeValue", r.search_categories as "searchCategories", r.position, r.strength,
  r.even_out_of_stock as "includeOutOfStock"`;
/** A time as text, to the microsecond; a Date has milliseconds only. */
export const asText = (time: string) =>
  `to_char(${time} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Reads one table alone, which Citus sends on at once; where it joins, it plans. */
const AT = `case when r.kind = 'exclude' then statement_timestamp() else coalesce($2::timestamptz, statement_timestamp()) end`;

/** A rule with the time for which it was read. */
export type TimedRule = ActiveRule & { readonly time: string };

/**
 * The shop's rules in a fixed order. With `asOf`, those that were in force then, except for exclusions: they never
 * disturb paging, so today's apply.
 */
export async function listActiveRules(
  db: Queryable,
  shopId: string,
  asOf: string | null,
): Promise<TimedRule[]> {
  const { text, values, name } = activeRulesStatement(shopId, asOf);
  return (await db.query<TimedRule>(text, values, name)).rows;
}

export function activeRulesStatement(
  shopId: string,
  asOf: string | null,
): Statement<TimedRule> & { readonly name: string } {
  return {
    text: `select ${RULE_COLUMNS}, ${asText(AT)} as time from rules r
     where r.shop_id = $1 and r.began_at <= ${AT} and (r.ended_at is null or r.ended_at > ${AT})
       and (r.starts_at is null or r.starts_at <= ${AT}) and (r.ends_at is null or r.ends_at > ${AT})
     order by r.created_at, r.id`,
    values: [shopId, asOf],
    name: 'active rules',
  };
}
