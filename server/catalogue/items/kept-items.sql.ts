import type { Queryable } from '../../db/database.ts';

/** How long deleted items can be brought back. */
const KEPT_FOR = `interval '1 hour'`;

/** What goes with an item, parents first. `model_vectors` are left out: `askForVectors` has them made again. */
const TABLES = [
  'items',
  'item_images',
  'garments',
  'look_items',
  'feed_looks',
  'insight_items',
  'found_items',
] as const;

/** An item's own table has its id in `id`. */
const idIn = (table: string) => (table === 'items' ? 'id' : 'item_id');

/**
 * With the time at which the look was saved, by which one is told that was saved again since. The shop is $1: Citus does
 * not see that the outer row's is the same.
 */
const LOOK_ITEM = `to_jsonb(r) || (select jsonb_build_object('saved_at', l.updated_at) from looks l
  where l.shop_id = $1 and l.id = r.look_id)`;

/** Keeps all rows of these items, which are deleted next in the same transaction. */
export async function keepItems(db: Queryable, shopId: string, ids: readonly string[]): Promise<void> {
  const rows = TABLES.map(
    (
      table,
    ) => `'${table}', coalesce((select jsonb_agg(${table === 'look_items' ? LOOK_ITEM : 'to_jsonb(r)'}) from ${table} r
       where r.shop_id = $1 and r.${idIn(table)} = i.id), '[]')`,
  );
  await db.query(
    `insert into deleted_items (shop_id, id, images, kept)
     select i.shop_id, i.id, array(select m.sha256 from item_images m where m.shop_id = $1 and m.item_id = i.id),
       jsonb_build_object(${rows.join(', ')})
     from items i where i.shop_id = $1 and i.id = any($2::text[])
     on conflict (shop_id, id) do update set
       deleted_at = excluded.deleted_at, images = excluded.images, kept = excluded.kept`,
    [shopId, ids],
  );
}

/** What of an item decides whether it comes back as it was. */
export interface KeptItem {
  readonly id: string;
  readonly title: string;
  readonly productType: string | null;
  readonly googleProductCategory: string | null;
  readonly state: 'pending' | 'ready' | 'failed';
  readonly ownSlot: string | null;
  readonly wholePicture: boolean;
  readonly lookIds: string[];
}

/** Those of these items that can be brought back: the shop has none of the same id by now. By id, locked. */
export async function lockKeptItems(
  db: Queryable,
  shopId: string,
  ids: readonly string[],
): Promise<KeptItem[]> {
  const { rows } = await db.query<KeptItem>(
    `select d.id, k.title, k.product_type as "productType", k.google_product_category as "googleProductCategory", k.state,
       k.own_slot as "ownSlot", k.whole_picture as "wholePicture",
       array(select f ->> 'look_id' from jsonb_array_elements(d.kept -> 'feed_looks') f) as "lookIds"
     from deleted_items d cross join lateral jsonb_to_record(d.kept -> 'items' -> 0) as k (title text, product_type text,
       google_product_category text, state text, own_slot text, whole_picture boolean)
     where d.shop_id = $1 and d.id = any($2::text[]) and d.deleted_at > now() - ${KEPT_FOR}
       and not exists (select from items i where i.shop_id = d.shop_id and i.id = d.id)
     order by d.id for update of d`,
    [shopId, ids],
  );
  return rows;
}

/**
 * Inserts the kept rows of these items. Looks that are gone do not come back, and those that were saved since stay as they
 * were saved; `refreshFeedLooks` sees to those of the feed.
 */
export async function putBackItems(db: Queryable, shopId: string, ids: readonly string[]): Promise<void> {
  for (const table of TABLES) {
    const only =
      table === 'look_items'
        ? `where exists (select from looks l where l.shop_id = $1 and l.id = r ->> 'look_id'
             and l.updated_at = coalesce((r ->> 'saved_at')::timestamptz, l.updated_at))`
        : '';
    const { rows } = await db.query<{ kept: string | null }>(
      `select jsonb_agg(r)::text as kept from (
         select * from deleted_items where shop_id = $1 and id = any($2::text[])) d
       cross join lateral jsonb_array_elements(d.kept -> '${table}') r ${only}`,
      [shopId, ids],
    );
    // By itself: in a distributed database it runs where the statements come in.
    if (rows[0]?.kept) await db.query(`select put_back('${table}', $1::jsonb)`, [rows[0].kept]);
  }
}

/** Items whose pictures have to be read again, which the next import of their rows does. */
export async function markUnread(
  db: Queryable,
  shopId: string,
  items: readonly { readonly id: string; readonly ownSlot: string | null }[],
  reason: string,
): Promise<void> {
  await db.query(
    `update items i set state = 'failed', failure = $3, own_slot = r."ownSlot", updated_at = now()
     from jsonb_to_recordset($2::jsonb) as r (id text, "ownSlot" text) where i.shop_id = $1 and i.id = r.id`,
    [shopId, JSON.stringify(items), reason],
  );
}

/** Gives up what was kept of these items. Returns the SHA-256 of their images. */
export async function forgetItems(db: Queryable, shopId: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ images: string[] }>(
    'delete from deleted_items where shop_id = $1 and id = any($2::text[]) returning images',
    [shopId, ids],
  );
  return rows.flatMap(({ images }) => images);
}

/** The same for the items that a feed has replaced: neither it nor a later import has listed them. */
export async function forgetReplacedItems(db: Queryable, shopId: string, jobId: string): Promise<string[]> {
  const { rows } = await db.query<{ images: string[] }>(
    `delete from deleted_items d using import_jobs j
     where d.shop_id = $1 and j.shop_id = d.shop_id and j.id = $2
       and (d.kept -> 'items' -> 0 ->> 'last_job')::bigint < j.number returning d.images`,
    [shopId, jobId],
  );
  return rows.flatMap(({ images }) => images);
}

/** The same for some of those that cannot be brought back any more, of all shops. Runs as the owner. */
export async function forgetExpiredItems(db: Queryable, limit: number): Promise<string[][]> {
  const shops = await db.query<{ shopId: string }>(
    `select shop_id as "shopId" from deleted_items where deleted_at <= now() - ${KEPT_FOR}
     group by shop_id order by min(deleted_at) limit $1`,
    [limit],
  );
  const gone: string[][] = [];
  for (const { shopId } of shops.rows) {
    if (gone.length === limit) break;
    const { rows } = await db.query<{ images: string[] }>(
      `delete from deleted_items d using (
         select id from deleted_items where shop_id = $1 and deleted_at <= now() - ${KEPT_FOR}
         order by deleted_at limit $2 for update skip locked) e
       where d.shop_id = $1 and d.id = e.id returning d.images`,
      [shopId, limit - gone.length],
    );
    gone.push(...rows.map(({ images }) => images));
  }
  return gone;
}
