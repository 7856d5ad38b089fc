import type { Queryable } from '../db/database.ts';
import type { ColourName } from '../vision/contract.ts';

/** The vector to search with. */
export interface Target {
  readonly embedding: string;
  readonly embeddingModel: string;
  /** The feed's word on it, where it is an item's primary garment and has one, else the parser's. */
  readonly category: number | null;
  readonly colour: ColourName | null;
  /** The item that the garment belongs to; null for a shopper's photo. */
  readonly itemId: string | null;
}

const COLUMNS = `g.embedding::text as embedding, g.embedding_model as "embeddingModel", g.item_id as "itemId",
  coalesce(case when g.is_primary then i.feed_category end, g.category) as category, g.colour`;

/** A garment of an item or of a photo that has not expired; null where there is none. */
export async function findGarmentTarget(db: Queryable, garmentId: string): Promise<Target | null> {
  const { rows } = await db.query<Target>(
    `select ${COLUMNS} from garments g
     left join photos p on p.shop_id = g.shop_id and p.id = g.photo_id
     left join items i on i.shop_id = g.shop_id and i.id = g.item_id
     where g.id = $1 and (g.photo_id is null or p.expires_at > now())`,
    [garmentId],
  );
  return rows[0] ?? null;
}

/** Null where there is no such item; `embedding` is null while the item has no primary garment. */
export async function findItemTarget(
  db: Queryable,
  itemId: string,
): Promise<Target | { embedding: null } | null> {
  const { rows } = await db.query<Target | { embedding: null }>(
    `select ${COLUMNS} from items i left join garments g
       on g.shop_id = i.shop_id and g.item_id = i.id and g.is_primary where i.id = $1`,
    [itemId],
  );
  return rows[0] ?? null;
}
