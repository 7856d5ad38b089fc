import type { Queryable } from '../../db/database.ts';
import type { Box } from '../../vision/contract.ts';
import type { Category } from '../../vocabulary/category.ts';

/** Locks the item for this transaction; false if there is none. */
export async function lockItem(db: Queryable, shopId: string, itemId: string): Promise<boolean> {
  const { rowCount } = await db.query('select from items where shop_id = $1 and id = $2 for update', [
    shopId,
    itemId,
  ]);
  return rowCount === 1;
}

/** The item of this garment; null if there is no such garment, or it belongs to a shopper's photo. */
export async function findItemOfGarment(
  db: Queryable,
  shopId: string,
  garmentId: string,
): Promise<string | null> {
  const { rows } = await db.query<{ itemId: string | null }>(
    'select item_id as "itemId" from garments where shop_id = $1 and id = $2',
    [shopId, garmentId],
  );
  return rows[0]?.itemId ?? null;
}

/** Makes this the item's primary garment by hand, and remembers which one it would be otherwise. */
export async function choosePrimary(
  db: Queryable,
  shopId: string,
  itemId: string,
  garmentId: string,
): Promise<void> {
  await clearPrimary(db, shopId, itemId);
  await db.query(
    `update garments set is_primary = true, chosen = true where shop_id = $1 and item_id = $2 and id = $3`,
    [shopId, itemId, garmentId],
  );
}

/** Makes the item's primary garment one that was chosen by hand. */
export async function choosePresentPrimary(db: Queryable, shopId: string, itemId: string): Promise<void> {
  await db.query('update garments set chosen = true where shop_id = $1 and item_id = $2 and is_primary', [
    shopId,
    itemId,
  ]);
}

/** Undoes a choice by hand: the primary garment is again the one from parser and feed, if any. */
export async function resetPrimary(db: Queryable, shopId: string, itemId: string): Promise<void> {
  await clearPrimary(db, shopId, itemId);
  await db.query(
    `update garments set is_primary = true, displaced = false where shop_id = $1 and item_id = $2 and displaced`,
    [shopId, itemId],
  );
}

/** An item must never have two primary garments, so it has none for a moment. */
async function clearPrimary(db: Queryable, shopId: string, itemId: string): Promise<void> {
  await db.query(
    `update garments set displaced = displaced or not chosen, is_primary = false, chosen = false
     where shop_id = $1 and item_id = $2 and is_primary`,
    [shopId, itemId],
  );
}

/** Null undoes the correction. */
export async function setCategory(
  db: Queryable,
  shopId: string,
  garmentId: string,
  category: Category | null,
): Promise<void> {
  await db.query(
    `update garments set corrected = $3::smallint is not null,
       parsed_category = case when $3::smallint is null then null when corrected then parsed_category else category end,
       category = case when $3::smallint is not null then $3 when corrected then parsed_category else category end
     where shop_id = $1 and id = $2`,
    [shopId, garmentId, category],
  );
}

/** Updates the item to match its primary garment. A category corrected by hand overrides the feed's. */
export async function updateItemCategory(db: Queryable, shopId: string, itemId: string): Promise<void> {
  await db.query(
    `update items i set corrected = p.corrected, updated_at = now(),
       feed_category = case when p.corrected then null else coalesce(i.feed_category, i.said_category) end,
       said_category = case when p.corrected then coalesce(i.said_category, i.feed_category) end
     from (select coalesce(bool_or(g.corrected), false) as corrected from garments g
       where g.shop_id = $1 and g.item_id = $2 and g.is_primary) p
     where i.shop_id = $1 and i.id = $2`,
    [shopId, itemId],
  );
}

/** Records whether a merchandiser has said that the item is clothing. */
export async function setMatchByHand(
  db: Queryable,
  shopId: string,
  itemId: string,
  matched: boolean,
): Promise<void> {
  await db.query('update items set match_by_hand = $3, updated_at = now() where shop_id = $1 and id = $2', [
    shopId,
    itemId,
    matched,
  ]);
}

/** Whether a merchandiser has said that the item is clothing; null if there is no such item. */
export async function isMatchedByHand(
  db: Queryable,
  shopId: string,
  itemId: string,
): Promise<boolean | null> {
  const { rows } = await db.query<{ byHand: boolean }>(
    'select match_by_hand as "byHand" from items where shop_id = $1 and id = $2',
    [shopId, itemId],
  );
  return rows[0]?.byHand ?? null;
}

/** The corrections of one garment, and where it is on which image. */
export interface Correction {
  readonly sha256: string;
  readonly box: Box;
  /** Null if it was not corrected. */
  readonly category: Category | null;
  /** Chosen by hand as the item's primary garment. */
  readonly chosen: boolean;
}

export async function listCorrections(db: Queryable, shopId: string, itemId: string): Promise<Correction[]> {
  const { rows } = await db.query<Correction>(
    `select m.sha256, g.box, case when g.corrected then g.category end as category, g.chosen
     from garments g join item_images m
       on m.shop_id = g.shop_id and m.item_id = g.item_id and m.position = g.image_position
     where g.shop_id = $1 and g.item_id = $2 and (g.corrected or g.chosen)`,
    [shopId, itemId],
  );
  return rows;
}

export async function listPlaces(
  db: Queryable,
  shopId: string,
  itemId: string,
): Promise<{ id: string; sha256: string; box: Box }[]> {
  const { rows } = await db.query<{ id: string; sha256: string; box: Box }>(
    `select g.id, m.sha256, g.box from garments g join item_images m
       on m.shop_id = g.shop_id and m.item_id = g.item_id and m.position = g.image_position
     where g.shop_id = $1 and g.item_id = $2 order by g.id`,
    [shopId, itemId],
  );
  return rows;
}
