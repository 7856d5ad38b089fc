import type { Queryable } from '../../db/database.ts';
import type { Box } from '../../vision/contract.ts';

/** An item as it is stored. */
export interface StoredItem {
  readonly title: string;
  readonly productType: string | null;
  readonly googleProductCategory: string | null;
  readonly state: 'pending' | 'ready' | 'failed';
  /** `content_hash` in hex. */
  readonly hash: string;
  /** A merchandiser has said that it is clothing. */
  readonly matchByHand: boolean;
  readonly ownSlot: string | null;
  /** Of its first image; null if it has none. */
  readonly sha256: string | null;
  /** Whether its first image was embedded whole. */
  readonly hasWhole: boolean;
}

export async function findStoredItem(
  db: Queryable,
  { shopId, itemId }: { shopId: string; itemId: string },
): Promise<StoredItem | null> {
  const { rows } = await db.query<StoredItem>(
    `select i.title, i.product_type as "productType", i.google_product_category as "googleProductCategory", i.state,
       encode(i.content_hash, 'hex') as hash, i.match_by_hand as "matchByHand", i.own_slot as "ownSlot", m.sha256, exists (select from garments g
         where g.shop_id = $1 and g.item_id = i.id and g.image_position = 0 and g.whole) as "hasWhole"
     from items i left join item_images m on m.shop_id = i.shop_id and m.item_id = i.id and m.position = 0
     where i.shop_id = $1 and i.id = $2`,
    [shopId, itemId],
  );
  return rows[0] ?? null;
}

export interface StoredGarment {
  readonly id: string;
  /** Of its image. */
  readonly position: number;
  /** The parser's, whatever a merchandiser said. */
  readonly category: number | null;
  readonly area: number;
  readonly score: number;
  readonly box: Box;
  readonly whole: boolean;
  /** Size of its image in pixels. */
  readonly width: number;
  readonly height: number;
}

/** The garments of an item, best first. */
export async function listStoredGarments(
  db: Queryable,
  shopId: string,
  itemId: string,
): Promise<StoredGarment[]> {
  const { rows } = await db.query<StoredGarment>(
    `select g.id, g.image_position as position, case when g.corrected then g.parsed_category else g.category end as category,
       g.area, g.score, g.box, g.whole, m.width, m.height
     from garments g join item_images m on m.shop_id = g.shop_id and m.item_id = g.item_id and m.position = g.image_position
     where g.shop_id = $1 and g.item_id = $2 order by g.score desc, g.id`,
    [shopId, itemId],
  );
  return rows;
}

/** Leaves the item without a primary garment. Returns the one that was chosen by hand. */
export async function clearPrimary(db: Queryable, shopId: string, itemId: string): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    'select id from garments where shop_id = $1 and item_id = $2 and chosen',
    [shopId, itemId],
  );
  await db.query(
    `update garments set is_primary = false, chosen = false, displaced = false
     where shop_id = $1 and item_id = $2 and (is_primary or chosen or displaced)`,
    [shopId, itemId],
  );
  return rows[0]?.id ?? null;
}

export async function setPrimary(db: Queryable, shopId: string, garmentId: string): Promise<void> {
  await db.query('update garments set is_primary = true where shop_id = $1 and id = $2', [shopId, garmentId]);
}

/** Deletes what was embedded whole, unless it was chosen by hand. */
export async function deleteWhole(db: Queryable, shopId: string, itemId: string): Promise<void> {
  await db.query('delete from garments where shop_id = $1 and item_id = $2 and whole and not chosen', [
    shopId,
    itemId,
  ]);
}

export async function markLookedAt(
  db: Queryable,
  shopId: string,
  itemId: string,
  { wholePicture, unmatchedReason }: { wholePicture: boolean; unmatchedReason: string | null },
): Promise<void> {
  await db.query(
    'update items set whole_picture = $3, failure = $4, updated_at = now() where shop_id = $1 and id = $2',
    [shopId, itemId, wholePicture, unmatchedReason],
  );
}
