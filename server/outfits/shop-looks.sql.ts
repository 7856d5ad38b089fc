import type { Queryable } from '../db/database.ts';
import type { LookRow } from './looks/looks.sql.ts';

export interface LookWithItems extends LookRow {
  /** In order. */
  readonly itemIds: readonly string[];
}

const COLUMNS = `l.id, l.name, l.source, l.item_count as "itemCount", l.created_at as "createdAt",
  l.updated_at as "updatedAt", array(select i.item_id from look_items i
    where i.shop_id = $1::uuid and i.look_id = l.id order by i.position, i.item_id) as "itemIds"`;

/** Looks with any of these items, the newest first. */
export async function listLooksWith(
  db: Queryable,
  shopId: string,
  itemIds: readonly string[],
  limit: number,
): Promise<LookWithItems[]> {
  const { rows } = await db.query<LookWithItems>(
    `select ${COLUMNS} from looks l where l.shop_id = $1::uuid and l.removed_at is null and l.id in (
       select look_id from look_items where shop_id = $1::uuid and item_id = any($2::text[]))
     order by l.created_at desc, l.id limit $3`,
    [shopId, itemIds, limit],
  );
  return rows;
}

/** Null if it was removed. */
export async function findLookWithItems(
  db: Queryable,
  shopId: string,
  id: string,
): Promise<LookWithItems | null> {
  const { rows } = await db.query<LookWithItems>(
    `select ${COLUMNS} from looks l where l.shop_id = $1::uuid and l.id = $2 and l.removed_at is null`,
    [shopId, id],
  );
  return rows[0] ?? null;
}

/** Of an item that is in more looks, so many are read. */
const LOOKS_OF_ITEM = 20;

/**
 * Pairs of these items that a look has both of. Where both are in many looks, only the first of each count: in a shop with
 * thousands of looks, all pairs of all of them are millions.
 */
export async function listPairsInLooks(
  db: Queryable,
  shopId: string,
  itemIds: readonly string[],
): Promise<{ a: string; b: string }[]> {
  const { rows } = await db.query<{ a: string; b: string }>(
    `with known as materialized (
       select n.id as item_id, x.look_id from unnest($2::text[]) as n (id)
         cross join lateral (select look_id from look_items
           where shop_id = $1::uuid and item_id = n.id order by look_id limit $3) x
         join looks l on l.shop_id = $1::uuid and l.id = x.look_id and l.removed_at is null)
     select distinct least(one.item_id, other.item_id) as a, greatest(one.item_id, other.item_id) as b
     from known one join look_items other on other.shop_id = $1::uuid and other.look_id = one.look_id
       and other.item_id <> one.item_id
     where other.item_id = any($2::text[])`,
    [shopId, [...new Set(itemIds)], LOOKS_OF_ITEM],
  );
  return rows;
}
