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

/** Pairs of these items that a look has both of. */
export async function listPairsInLooks(
  db: Queryable,
  shopId: string,
  itemIds: readonly string[],
): Promise<{ a: string; b: string }[]> {
  const { rows } = await db.query<{ a: string; b: string }>(
    `select distinct one.item_id as a, other.item_id as b
     from look_items one join look_items other on other.shop_id = one.shop_id and other.look_id = one.look_id
       and other.item_id > one.item_id
     join looks l on l.shop_id = one.shop_id and l.id = one.look_id and l.removed_at is null
     where one.shop_id = $1::uuid and one.item_id = any($2::text[]) and other.item_id = any($2::text[])`,
    [shopId, itemIds],
  );
  return rows;
}
