import type { Queryable } from '../../db/database.ts';

/** What an item's slot follows from, and what it is now. */
export interface ItemInSlot {
  readonly id: string;
  readonly title: string;
  readonly productType: string | null;
  readonly googleProductCategory: string | null;
  readonly state: 'pending' | 'ready' | 'failed';
  readonly ownSlot: string | null;
  readonly wholePicture: boolean;
}

/** The shop's items after `after`, by id. */
export async function pageCategories(
  db: Queryable,
  shopId: string,
  after: string,
  limit: number,
): Promise<ItemInSlot[]> {
  const { rows } = await db.query<ItemInSlot>(
    `select id, title, product_type as "productType", google_product_category as "googleProductCategory", state,
       own_slot as "ownSlot", whole_picture as "wholePicture"
     from items where shop_id = $1 and id > $2 order by id limit $3`,
    [shopId, after, limit],
  );
  return rows;
}

/** Returns what has become of them: some may have been parsed since they were read. */
export async function moveToSlots(
  db: Queryable,
  shopId: string,
  items: readonly { readonly id: string; readonly ownSlot: string | null }[],
): Promise<Pick<ItemInSlot, 'id' | 'state' | 'wholePicture'>[]> {
  if (items.length === 0) return [];
  const { rows } = await db.query<Pick<ItemInSlot, 'id' | 'state' | 'wholePicture'>>(
    `update items i set own_slot = r."ownSlot", updated_at = now()
     from jsonb_to_recordset($2::jsonb) as r (id text, "ownSlot" text) where i.shop_id = $1 and i.id = r.id
     returning i.id, i.state, i.whole_picture as "wholePicture"`,
    [shopId, JSON.stringify(items)],
  );
  return rows;
}
