import type { Queryable } from '../../db/database.ts';

/** A look shows no more than these of its items. */
export const MAX_LOOK_ITEMS = 20;
/** A look that the feed gives to more items counts this many. */
const MOST_COUNTED = 1000;

/** Makes changes of the shop's looks wait for each other until the transaction ends. */
export async function lockLooks(db: Queryable, shopId: string): Promise<void> {
  await db.query(`select pg_advisory_xact_lock(hashtextextended('armoire.looks.' || $1, 0))`, [shopId]);
}

/** The looks that the feed has put these items into. */
export async function listFeedLooks(
  db: Queryable,
  shopId: string,
  itemIds: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select distinct look_id as id from feed_looks where shop_id = $1 and item_id = any($2::text[])',
    [shopId, itemIds],
  );
  return rows.map(({ id }) => id);
}

/** Stores what the feed says of these items. Returns the looks that an item has joined or left. */
export async function putFeedLooks(
  db: Queryable,
  shopId: string,
  items: readonly { readonly id: string; readonly lookIds?: readonly string[] | undefined }[],
): Promise<string[]> {
  const given = items.flatMap(({ id, lookIds = [] }) => lookIds.map((look) => ({ item: id, look })));
  const { rows } = await db.query<{ id: string }>(
    `with given as (select item, look from jsonb_to_recordset($3::jsonb) as g (item text, look text)),
     gone as (
       delete from feed_looks f where f.shop_id = $1 and f.item_id = any($2::text[])
         and not exists (select from given g where g.item = f.item_id and g.look = f.look_id)
       returning f.look_id),
     came as (
       insert into feed_looks (shop_id, item_id, look_id) select $1, g.item, g.look from given g
       on conflict do nothing returning look_id)
     select look_id as id from gone union select look_id from came`,
    [shopId, items.map(({ id }) => id), JSON.stringify(given)],
  );
  return rows.map(({ id }) => id);
}

/**
 * Brings these looks in step with the feed: makes those that are new, drops those that no item names any more, and
 * leaves alone those that were saved or removed by hand, a removed one also while an item that names it can be brought back. Call it in a transaction that has deleted no items: one that
 * deletes them may be waited for here.
 */
export async function refreshFeedLooks(
  db: Queryable,
  shopId: string,
  lookIds: readonly string[],
): Promise<void> {
  const values = [shopId, lookIds];
  await lockLooks(db, shopId);
  await db.query(
    `delete from looks l where l.shop_id = $1 and l.id = any($2::text[]) and (l.source = 'feed' or l.removed_at is not null)
       and not exists (select from feed_looks f where f.shop_id = l.shop_id and f.look_id = l.id)
       and (l.removed_at is null or not exists (
         select from deleted_items d where d.shop_id = $1
           and d.kept -> 'feed_looks' @> jsonb_build_array(jsonb_build_object('look_id', l.id))))`,
    values,
  );
  await db.query(
    `insert into looks (shop_id, id, source, item_count)
     select distinct f.shop_id, f.look_id, 'feed', 0 from feed_looks f where f.shop_id = $1 and f.look_id = any($2::text[])
     on conflict (shop_id, id) do nothing`,
    values,
  );
  // So that none of them is deleted meanwhile: its row in the look would be refused.
  const first = await db.query<{ id: string }>(
    `select distinct f.item_id as id from looks l cross join lateral (${FIRST_ITEMS}) f
     where l.shop_id = $1 and l.id = any($2::text[]) and l.source = 'feed'`,
    values,
  );
  await db.query('select from items where shop_id = $1 and id = any($2::text[]) order by id for key share', [
    shopId,
    first.rows.map(({ id }) => id),
  ]);
  await db.query(
    `delete from look_items x using looks l
     where x.shop_id = $1 and x.look_id = any($2::text[]) and l.shop_id = x.shop_id and l.id = x.look_id
       and l.source = 'feed'`,
    values,
  );
  await db.query(
    `insert into look_items (shop_id, look_id, item_id, position)
     select l.shop_id, l.id, f.item_id, f.position from looks l cross join lateral (${FIRST_ITEMS}) f
     where l.shop_id = $1 and l.id = any($2::text[]) and l.source = 'feed' and l.removed_at is null
     on conflict do nothing`,
    values,
  );
  await db.query(
    `update looks l set updated_at = now(), item_count = (
       select count(*) from (select from feed_looks f where f.shop_id = $1 and f.look_id = l.id
         limit ${MOST_COUNTED}) counted)
     where l.shop_id = $1 and l.id = any($2::text[]) and l.source = 'feed' and l.removed_at is null`,
    values,
  );
}

/** Of a look `l`, whose shop is `$1`, by the items' ids. */
const FIRST_ITEMS = `select f.item_id, row_number() over (order by f.item_id) - 1 as position from feed_looks f
  where f.shop_id = $1 and f.look_id = l.id order by f.item_id limit ${MAX_LOOK_ITEMS}`;
