import { PRICE_NOW } from '../catalogue/items/price-now.ts';
import type { Queryable } from '../db/database.ts';
import { garmentsFrom, type VectorSource } from '../garments/vector-source.ts';
import { parameters } from '../retrieval/nearest/conditions.ts';
import type { Bind } from '../retrieval/nearest/query.ts';
import { SHOWN } from '../shops/shown-items.sql.ts';
import type { ColourName } from '../vocabulary/taxonomy.ts';

/** Where pieces are read from, and by which model's vectors. */
export interface PieceSource {
  readonly shopId: string;
  readonly shopCurrency: string;
  readonly vectors: VectorSource | null;
  readonly embeddingModel: string;
}

/** SQL over `items i` that rules make of an item. */
export interface ItemRules {
  isExcluded(bind: Bind): string;
  steps(bind: Bind): string;
}

export interface ItemPieceRow {
  readonly id: string;
  readonly slot: string | null;
  readonly category: number | null;
  readonly colour: ColourName | null;
  /** In pgvector's binary form; null without a primary garment that the model has embedded. */
  readonly vector: Buffer | null;
  readonly groupId: string | null;
  readonly priceMinor: number | null;
  readonly currency: string;
  readonly isInStock: boolean;
  readonly season: string | null;
  readonly occasion: string | null;
  readonly steps: number;
  readonly isExcluded: boolean;
  readonly isReady: boolean;
  readonly isShown: boolean;
  readonly title: string;
}

/** Those of the items that exist, in any order. */
export async function readItemPieces(
  db: Queryable,
  source: PieceSource,
  rules: ItemRules,
  itemIds: readonly string[],
): Promise<ItemPieceRow[]> {
  if (itemIds.length === 0) return [];
  const { bind, values } = parameters();
  const shop = bind(source.shopId);
  const { rows } = await db.query<ItemPieceRow>(
    `select i.id, i.title, i.slot, i.category, g.colour, vector_send(g.embedding) as vector, i.item_group_id as "groupId",
       ${PRICE_NOW}::float8 as "priceMinor", coalesce(i.currency, ${bind(source.shopCurrency)}::text) as currency,
       i.availability <> 'out_of_stock' as "isInStock", i.attributes ->> 'season' as season,
       i.attributes ->> 'occasion' as occasion, ${rules.steps(bind)} as steps, ${rules.isExcluded(bind)} as "isExcluded",
       i.state = 'ready' as "isReady", ${SHOWN} as "isShown"
     from items i left join ${garmentsFrom(source.vectors, bind)} on g.shop_id = i.shop_id and g.item_id = i.id
       and g.is_primary and g.embedding_model = ${bind(source.embeddingModel)}
     where i.shop_id = ${shop}::uuid and i.id = any(${bind(itemIds)}::text[])`,
    values,
  );
  return rows;
}

export interface GarmentPieceRow {
  readonly id: string;
  readonly itemId: string | null;
  readonly isPrimary: boolean;
  readonly photoId: string | null;
  readonly category: number | null;
  readonly colour: ColourName | null;
  readonly vector: Buffer | null;
  readonly score: number;
  readonly origin: 'parsed' | 'drawn';
  readonly box: readonly [x1: number, y1: number, x2: number, y2: number];
  /** How sure it is, by how large: what the person in front wears comes before what is behind. */
  readonly prominence: number;
}

/** Garments by id, or those of a photo, the most prominent first. Garments of expired photos do not exist. */
export async function readGarmentPieces(
  db: Queryable,
  { shopId, vectors, embeddingModel }: PieceSource,
  of: { readonly garmentIds: readonly string[] } | { readonly photoId: string },
): Promise<GarmentPieceRow[]> {
  const { bind, values } = parameters();
  const which =
    'photoId' in of ? `g.photo_id = ${bind(of.photoId)}::uuid` : `g.id = any(${bind(of.garmentIds)}::uuid[])`;
  const { rows } = await db.query<GarmentPieceRow>(
    `select g.id::text as id, g.item_id as "itemId", g.is_primary as "isPrimary", g.photo_id::text as "photoId", g.category,
       g.colour, case when g.embedding_model = ${bind(embeddingModel)} then vector_send(g.embedding) end as vector,
       g.score, g.origin, g.box, case when g.origin = 'drawn' then 1 else g.score end * g.area as prominence
     from ${garmentsFrom(vectors, bind)} left join photos p on p.shop_id = g.shop_id and p.id = g.photo_id
     where g.shop_id = ${bind(shopId)}::uuid and ${which} and (g.photo_id is null or p.expires_at > now())
     order by prominence desc, g.id`,
    values,
  );
  return rows;
}
