import type { Queryable } from '../../db/database.ts';
import type { ActiveRule } from './rule.ts';

/** Of `rules r`: an ActiveRule. */
export const RULE_COLUMNS = `r.id, r.kind, r.item_id as "itemId", r.category, r.brand, r.attribute_name as "attributeName",
  r.attribute_value as "attributeValue", r.search_categories as "searchCategories", r.position, r.strength,
  r.even_out_of_stock as "evenOutOfStock"`;
/** A time as text, to the microsecond: what a Date would cut off. */
export const asText = (time: string) =>
  `to_char(${time} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * The rules that are to be heeded, in a fixed order, and the time for which they were read, as text. `asOf`: those
 * that were in force then; what is excluded is so by today's rules, since an exclusion breaks no paging.
 */
export async function listActiveRules(
  db: Queryable,
  shopId: string,
  asOf: string | null,
): Promise<(ActiveRule & { time: string })[]> {
  const { rows } = await db.query<ActiveRule & { time: string }>(
    `select ${RULE_COLUMNS}, ${asText('at.time')} as time
     from rules r cross join lateral (select case when r.kind = 'exclude' then statement_timestamp()
       else coalesce($2::timestamptz, statement_timestamp()) end as time) at
     where r.shop_id = $1 and r.began_at <= at.time and (r.ended_at is null or r.ended_at > at.time)
       and (r.starts_at is null or r.starts_at <= at.time) and (r.ends_at is null or r.ends_at > at.time)
     order by r.created_at, r.id`,
    [shopId, asOf],
  );
  return rows;
}
