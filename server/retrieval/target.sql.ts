import { PRICE_NOW } from '../catalogue/items/price-now.ts';
import type { Queryable } from '../db/database.ts';
import type { Statement } from '../db/statement.ts';
import { garmentsFrom, type VectorSource } from '../garments/vector-source.ts';
import type { ColourTraits } from './compare-colours.ts';

/** A garment, or the primary garment of an item. */
export interface TargetId {
  readonly kind: 'garment' | 'item';
  readonly id: string;
}

/** The vector to search with, and what it shows. */
export interface Target extends ColourTraits {
  readonly embedding: string;
  readonly embeddingModel: string;
  /** The feed's category for an item's primary garment if it has one, otherwise the parser's. */
  readonly category: number | null;
  /** The item that the garment belongs to; null for a shopper's photo. */
  readonly itemId: string | null;
  /** This item's group, if it has one. */
  readonly groupId: string | null;
  /** The feed's or the model's, for an item's primary garment; otherwise the model's. */
  readonly pattern: string | null;
  /** Current price of this item; null if it has none. */
  readonly priceMinor: number | null;
  readonly currency: string | null;
  /**
   * The shop's slot of goods outside the 13 categories, whose whole pictures are compared with one another; null for a
   * garment.
   */
  readonly outsideSlot: string | null;
}

/** `embedding` is null while an item has no primary garment. */
export type TargetRow = TargetId & (Target | { readonly embedding: null });

const COLUMNS = `g.embedding::text as embedding, g.embedding_model as "embeddingModel", g.item_id as "itemId",
  i.item_group_id as "groupId", coalesce(case when g.is_primary then i.feed_category end, g.category) as category, g.colour, g.shades,
  coalesce(case when g.is_primary then i.pattern_key end, g.pattern) as pattern,
  case when g.is_primary then i.color end as "feedColour",
  ${PRICE_NOW} as "priceMinor", i.currency,
  case when g.is_primary and i.whole_picture then coalesce(i.own_slot, '') end as "outsideSlot"`;

/** The targets that exist, in any order. Garments of expired photos do not. */
export async function findTargets(
  db: Queryable,
  of: { shopId: string; vectors?: VectorSource | null },
  targets: readonly TargetId[],
): Promise<TargetRow[]> {
  if (targets.length === 0) return [];
  const { text, values } = targetsStatement(of, targets);
  return (await db.query<TargetRow>(text, values)).rows;
}

/** At least one of them. */
export function targetsStatement(
  { shopId, vectors }: { shopId: string; vectors?: VectorSource | null },
  targets: readonly TargetId[],
): Statement<TargetRow> {
  const idsOf = (kind: TargetId['kind']) =>
    targets.filter((target) => target.kind === kind).map(({ id }) => id);
  const [garmentIds, itemIds] = [idsOf('garment'), idsOf('item')];
  const values: unknown[] = [shopId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const garments = garmentsFrom(vectors, bind);
  // Only the halves that are asked for: planning one takes as long as reading it.
  const halves: string[] = [];
  if (garmentIds.length > 0) {
    halves.push(`select 'garment' as kind, g.id::text as id, ${COLUMNS} from ${garments}
       left join photos p on p.shop_id = g.shop_id and p.id = g.photo_id
       left join items i on i.shop_id = g.shop_id and i.id = g.item_id
     where g.shop_id = $1::uuid and g.id = any(${bind(garmentIds)}::uuid[]) and (g.photo_id is null or p.expires_at > now())`);
  }
  if (itemIds.length > 0) {
    halves.push(`select 'item' as kind, i.id, ${COLUMNS} from items i
       left join ${garments} on g.shop_id = i.shop_id and g.item_id = i.id and g.is_primary
     where i.shop_id = $1::uuid and i.id = any(${bind(itemIds)}::text[])`);
  }
  return { text: halves.join(' union all '), values };
}
