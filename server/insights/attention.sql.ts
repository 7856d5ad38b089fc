import { FAILED, NOT_MATCHED } from '../catalogue/items/conditions.sql.ts';
import type { Queryable } from '../db/database.ts';

/** Items that shoppers do not see: they could not be read, or hold nothing that can be matched. */
export type HiddenKind = 'failed' | 'unmatched';

const HIDDEN: Readonly<Record<HiddenKind, string>> = { failed: FAILED, unmatched: NOT_MATCHED };

/** The last that changed first. */
export async function listHidden(
  db: Queryable,
  { shopId, kind, limit }: { shopId: string; kind: HiddenKind; limit: number },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select i.id from items i where i.shop_id = $1::uuid and ${HIDDEN[kind]}
     order by i.updated_at desc, i.id limit $2`,
    [shopId, limit],
  );
  return rows.map(({ id }) => id);
}

/** Their number, up to `most`. */
export async function countHidden(
  db: Queryable,
  { shopId, kind, most }: { shopId: string; kind: HiddenKind; most: number },
): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from (
       select from items i where i.shop_id = $1::uuid and ${HIDDEN[kind]} limit $2) as counted`,
    [shopId, most],
  );
  return rows[0]!.count;
}

/** Searches since `day` that found nothing, or nothing close. */
export async function countMissedSearches(db: Queryable, shopId: string, day: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select coalesce(sum(count), 0)::float8 as count from insight_counts
     where shop_id = $1::uuid and day >= $2::date and kind in ('zero_result', 'low_confidence')`,
    [shopId, day],
  );
  return rows[0]!.count;
}
