import type { Queryable } from '../db/database.ts';
import { asText, RULE_COLUMNS } from '../retrieval/ranking/active-rules.sql.ts';
import type { RuleRow, RuleValues } from '../retrieval/ranking/rule.ts';

const STATE = `case when r.ended_at is not null then 'removed' when r.ends_at <= now() then 'ended'
  when r.starts_at > now() then 'scheduled' else 'active' end`;
const ROW = `${RULE_COLUMNS}, r.version, r.starts_at as "startsAt", r.ends_at as "endsAt", r.note, r.created_at as "createdAt",
  r.began_at as "beganAt", r.ended_at as "endedAt", ${STATE} as state`;
const LATEST = `not exists (select from rules later
  where later.shop_id = $1::uuid and later.id = r.id and later.version > r.version)`;

/** Makes changes of a shop's rules wait for each other until the transaction ends. Returns the time as text. */
export async function lockRules(db: Queryable, shopId: string): Promise<string> {
  await db.query(`select pg_advisory_xact_lock(hashtextextended('armoire.rules.' || $1, 0))`, [shopId]);
  const { rows } = await db.query<{ time: string }>(`select ${asText('clock_timestamp()')} as time`);
  return rows[0]!.time;
}

export async function countRules(db: Queryable, shopId: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*)::int as count from rules where shop_id = $1 and ended_at is null',
    [shopId],
  );
  return rows[0]!.count;
}

/** A rule's latest version, removed or not; null if there is none. */
export async function findRule(db: Queryable, shopId: string, id: string): Promise<RuleRow | null> {
  const { rows } = await db.query<RuleRow>(
    `select ${ROW} from rules r where r.shop_id = $1 and r.id = $2 and ${LATEST}`,
    [shopId, id],
  );
  return rows[0] ?? null;
}

/** A rule's next version, in force from `time` on. */
export async function insertRule(
  db: Queryable,
  shopId: string,
  version: { id: string; version: number; createdAt: Date | null; time: string },
  rule: RuleValues,
): Promise<RuleRow> {
  await db.query(
    `insert into rules as r (shop_id, id, version, created_at, began_at, kind, item_id, category, brand,
       attribute_name, attribute_value, search_categories, position, strength, even_out_of_stock, starts_at, ends_at, note)
     values ($1, $2, $3, coalesce($4, $5::timestamptz), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      shopId,
      version.id,
      version.version,
      version.createdAt,
      version.time,
      rule.kind,
      rule.itemId,
      rule.category,
      rule.brand,
      rule.attributeName,
      rule.attributeValue,
      rule.searchCategories,
      rule.position,
      rule.strength,
      rule.includeOutOfStock,
      rule.startsAt,
      rule.endsAt,
      rule.note,
    ],
  );
  return (await findRule(db, shopId, version.id))!;
}

/** Ends the version in force; null if there is none. */
export async function endRule(
  db: Queryable,
  shopId: string,
  id: string,
  time: string,
): Promise<RuleRow | null> {
  const { rows } = await db.query<{ version: number }>(
    'update rules set ended_at = $3 where shop_id = $1 and id = $2 and ended_at is null returning version',
    [shopId, id, time],
  );
  return rows.length === 1 ? findRule(db, shopId, id) : null;
}

/** Deletes versions that no open listing can need, and rules removed more than 90 days ago. */
export async function pruneRules(db: Queryable, shopId: string): Promise<void> {
  await db.query(
    `delete from rules r where r.shop_id = $1 and r.ended_at < now() - interval '1 day'
       and (r.ended_at < now() - interval '90 days' or not ${LATEST})`,
    [shopId],
  );
}

export interface RulePage {
  readonly shopId: string;
  /** Null for all except removed ones. */
  readonly state: RuleRow['state'] | null;
  readonly limit: number;
  /** Where the page before ended; the time is Postgres text, to the microsecond. */
  readonly from?: { readonly createdAt: string; readonly id: string } | undefined;
  /** Whether to read from the oldest rule to the newest. */
  readonly backwards: boolean;
}

/** The newest rules first, unless `backwards`; `cursorTime` is passed back in `from`. */
export async function pageRules(
  db: Queryable,
  { shopId, state, limit, from, backwards }: RulePage,
): Promise<(RuleRow & { cursorTime: string })[]> {
  const order = backwards ? 'asc' : 'desc';
  const { rows } = await db.query<RuleRow & { cursorTime: string }>(
    `select ${ROW}, ${asText('r.created_at')} as "cursorTime"
     from rules r where r.shop_id = $1 and ${LATEST}
       and case when $2::text is null then r.ended_at is null else ${STATE} = $2 end
       and ($3::timestamptz is null or (r.created_at, r.id) ${backwards ? '>' : '<'} ($3::timestamptz, $4::uuid))
     order by r.created_at ${order}, r.id ${order} limit $5`,
    [shopId, state, from?.createdAt ?? null, from?.id ?? null, limit],
  );
  return rows;
}
