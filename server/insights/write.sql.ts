import type { Queryable } from '../db/database.ts';
import type { Count, ItemCount, Miss } from './tally.ts';

/** Those of these items that the shop has. */
export async function findKnownItems(
  db: Queryable,
  shopId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    'select id from items where shop_id = $1::uuid and id = any($2::text[])',
    [shopId, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Rows are written in the order of their keys, so that two servers never wait for each other. */
export async function addCounts(db: Queryable, shopId: string, counts: readonly Count[]): Promise<void> {
  await db.query(
    `insert into insight_counts as c (shop_id, day, source, arm, kind, subject, count)
     select $1::uuid, n.day, n.source, n.arm, n.kind, n.subject, n.count
     from unnest($2::date[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
       as n (day, source, arm, kind, subject, count)
     order by n.day, n.source, n.arm, n.kind, n.subject
     on conflict (shop_id, day, source, arm, kind, subject) do update set count = c.count + excluded.count`,
    [
      shopId,
      counts.map(({ day }) => day),
      counts.map(({ source }) => source),
      counts.map(({ arm }) => arm),
      counts.map(({ kind }) => kind),
      counts.map(({ subject }) => subject),
      counts.map(({ count }) => count),
    ],
  );
}

/** For items that the shop has. */
export async function addItemCounts(
  db: Queryable,
  shopId: string,
  counts: readonly ItemCount[],
): Promise<void> {
  await db.query(
    `insert into insight_items as c (shop_id, day, source, item_id, shown, opened, clicked_out, added)
     select $1::uuid, n.day, n.source, n.item_id,
       coalesce(sum(n.count) filter (where n.kind = 'shown'), 0),
       coalesce(sum(n.count) filter (where n.kind = 'opened'), 0),
       coalesce(sum(n.count) filter (where n.kind = 'clicked_out'), 0),
       coalesce(sum(n.count) filter (where n.kind = 'added'), 0)
     from unnest($2::date[], $3::text[], $4::text[], $5::text[], $6::integer[])
       as n (day, source, item_id, kind, count)
     group by n.day, n.source, n.item_id
     order by n.day, n.source, n.item_id
     on conflict (shop_id, day, source, item_id) do update set shown = c.shown + excluded.shown,
       opened = c.opened + excluded.opened, clicked_out = c.clicked_out + excluded.clicked_out,
       added = c.added + excluded.added`,
    [
      shopId,
      counts.map(({ day }) => day),
      counts.map(({ source }) => source),
      counts.map(({ itemId }) => itemId),
      counts.map(({ kind }) => kind),
      counts.map(({ count }) => count),
    ],
  );
}

/** Items that were deleted since they were found are left out. */
export async function markFound(
  db: Queryable,
  shopId: string,
  found: ReadonlyMap<string, string>,
): Promise<void> {
  await db.query(
    `insert into found_items as f (shop_id, item_id, day)
     select i.shop_id, i.id, n.day from unnest($2::text[], $3::date[]) as n (id, day)
       join items i on i.shop_id = $1::uuid and i.id = n.id
     order by i.id
     on conflict (shop_id, item_id) do update set day = excluded.day where f.day < excluded.day`,
    [shopId, [...found.keys()], [...found.values()]],
  );
}

/** Garments that have expired are left out. A search that was not narrowed is not replaced by one that was. */
export async function noteMisses(db: Queryable, shopId: string, misses: readonly Miss[]): Promise<void> {
  // None of them goes before the trigger can see these rows.
  await db.query(
    'select from garments where shop_id = $1 and id = any($2::uuid[]) order by id for key share',
    [shopId, misses.map(({ garmentId }) => garmentId)],
  );
  await db.query(
    `insert into missed_searches as m (shop_id, garment_id, source, day, category, best, narrowed)
     select g.shop_id, g.id, n.source, n.day, n.category, n.best, n.narrowed
     from unnest($2::uuid[], $3::text[], $4::date[], $5::smallint[], $6::real[], $7::boolean[])
       as n (id, source, day, category, best, narrowed)
       join garments g on g.shop_id = $1::uuid and g.id = n.id
     order by g.id
     on conflict (shop_id, garment_id) do update set source = excluded.source, day = excluded.day,
       category = excluded.category, best = excluded.best, narrowed = excluded.narrowed, noted_at = excluded.noted_at
       where m.narrowed or not excluded.narrowed`,
    [
      shopId,
      misses.map(({ garmentId }) => garmentId),
      misses.map(({ source }) => source),
      misses.map(({ day }) => day),
      misses.map(({ category }) => category),
      misses.map(({ best }) => best),
      misses.map(({ isNarrowed }) => isNarrowed),
    ],
  );
}
