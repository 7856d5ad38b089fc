import type { Queryable } from '../db/database.ts';

/** Removes the counts of days before `day`. */
export async function removeOldCounts(db: Queryable, shopId: string, day: string): Promise<void> {
  await db.query('delete from insight_counts where shop_id = $1::uuid and day < $2::date', [shopId, day]);
  await db.query('delete from insight_items where shop_id = $1::uuid and day < $2::date', [shopId, day]);
}

/** Of each day from `from` and before `before`, keeps the items that were opened, clicked, added and shown most. */
export async function keepTopItems(
  db: Queryable,
  of: { shopId: string; from: string; before: string; most: number },
): Promise<void> {
  await db.query(
    `delete from insight_items i using (
       select day, source, item_id, row_number() over (partition by day, source
         order by opened + clicked_out + added desc, shown desc, item_id) as place
       from insight_items where shop_id = $1::uuid and day >= $2::date and day < $3::date) as ranked
     where i.shop_id = $1::uuid and i.day = ranked.day and i.source = ranked.source
       and i.item_id = ranked.item_id and ranked.place > $4`,
    [of.shopId, of.from, of.before, of.most],
  );
}

/** Keeps the newest missed searches. */
export async function keepNewestMisses(db: Queryable, shopId: string, most: number): Promise<void> {
  await db.query(
    `delete from missed_searches m using (
       select garment_id from missed_searches where shop_id = $1::uuid
       order by noted_at desc, garment_id offset $2) as older
     where m.shop_id = $1::uuid and m.garment_id = older.garment_id`,
    [shopId, most],
  );
}

/** The planner's statistics, which the embedded database does not keep by itself. Runs as the owner. */
export async function analyzeInsights(db: Queryable): Promise<void> {
  await db.query('analyze (skip_locked) insight_counts, insight_items, found_items');
}
