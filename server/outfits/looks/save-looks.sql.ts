import type { Queryable } from '../../db/database.ts';
import type { LookRow } from './looks.sql.ts';

/** Those of these items that exist. They are kept from being deleted until the transaction ends. */
export async function holdItems(db: Queryable, shopId: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select id from items where shop_id = $1 and id = any($2::text[]) order by id for key share',
    [shopId, ids],
  );
  return rows.map(({ id }) => id);
}

export interface StoredLook extends LookRow {
  /** Removed by hand, while items of the feed still name it. */
  readonly removed: boolean;
  readonly itemIds: readonly string[];
  /** What the feed says, by the items' ids; one more than a look may have at the most. */
  readonly feedIds: readonly string[];
}

export async function listStoredLooks(
  db: Queryable,
  shopId: string,
  ids: readonly string[],
  mostItems: number,
): Promise<StoredLook[]> {
  const { rows } = await db.query<StoredLook>(
    `select l.id, l.name, l.source, l.item_count as "itemCount", l.created_at as "createdAt",
       l.updated_at as "updatedAt", l.removed_at is not null as removed,
       array(select x.item_id from look_items x where x.shop_id = $1 and x.look_id = l.id
         order by x.position, x.item_id) as "itemIds",
       array(select f.item_id from feed_looks f where f.shop_id = $1 and f.look_id = l.id
         order by f.item_id limit $3) as "feedIds"
     from looks l where l.shop_id = $1 and l.id = any($2::text[]) order by l.id`,
    [shopId, ids, mostItems + 1],
  );
  return rows;
}

/** How many looks the shop has, up to `most`. */
export async function countStoredLooks(db: Queryable, shopId: string, most: number): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*)::int as count from (select from looks l where l.shop_id = $1 limit $2) counted',
    [shopId, most],
  );
  return rows[0]!.count;
}

export interface LookToWrite {
  readonly id: string;
  readonly name: string | null;
  readonly source: LookRow['source'];
  readonly itemIds: readonly string[];
}

/** Makes or replaces looks. Their items exist. */
export async function writeLooks(
  db: Queryable,
  shopId: string,
  looks: readonly LookToWrite[],
): Promise<void> {
  const rows = looks.map(({ itemIds, ...look }) => ({ ...look, count: itemIds.length }));
  const items = looks.flatMap(({ id, itemIds }) => itemIds.map((item, position) => ({ id, item, position })));
  await db.query(
    `insert into looks (shop_id, id, name, source, item_count)
     select $1::uuid, r.id, r.name, r.source, r.count
     from jsonb_to_recordset($2::jsonb) as r (id text, name text, source text, count smallint)
     on conflict (shop_id, id) do update set name = excluded.name, source = excluded.source,
       item_count = excluded.item_count, removed_at = null, updated_at = excluded.updated_at`,
    [shopId, JSON.stringify(rows)],
  );
  await deleteLookItems(
    db,
    shopId,
    looks.map(({ id }) => id),
  );
  await db.query(
    `insert into look_items (shop_id, look_id, item_id, position)
     select $1::uuid, r.id, r.item, r.position
     from jsonb_to_recordset($2::jsonb) as r (id text, item text, position smallint)
     on conflict do nothing`,
    [shopId, JSON.stringify(items)],
  );
}

async function deleteLookItems(db: Queryable, shopId: string, lookIds: readonly string[]): Promise<void> {
  await db.query('delete from look_items where shop_id = $1 and look_id = any($2::text[])', [
    shopId,
    lookIds,
  ]);
}

/** Removes looks. Of those that the feed still names a mark stays, so that it does not bring them back. */
export async function deleteLooks(db: Queryable, shopId: string, ids: readonly string[]): Promise<void> {
  await deleteLookItems(db, shopId, ids);
  await db.query(
    `update looks l set removed_at = now(), source = 'feed', name = null, item_count = 0
     where l.shop_id = $1 and l.id = any($2::text[])
       and exists (select from feed_looks f where f.shop_id = l.shop_id and f.look_id = l.id)`,
    [shopId, ids],
  );
  await db.query(
    'delete from looks l where l.shop_id = $1 and l.id = any($2::text[]) and l.removed_at is null',
    [shopId, ids],
  );
}
