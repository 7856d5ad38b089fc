import { randomUUID } from 'node:crypto';
import pgvector from 'pgvector/pg';
import type { Queryable, ShopQueryable } from '../db/database.ts';
import type { ParsedGarment } from '../vision/contract.ts';
import type { ColourName, PatternName } from '../vocabulary/taxonomy.ts';
import { insertVectors, listModelNames } from './vectors.sql.ts';

/** A garment and its image. The box is in pixels of that image; the mask is COCO's compressed RLE. */
export interface GarmentRow {
  readonly id: string;
  readonly itemId: string | null;
  readonly imagePosition: number | null;
  readonly photoId: string | null;
  readonly category: number | null;
  readonly colour: ColourName | null;
  readonly score: number;
  /** As the model sees it, where it is sure. */
  readonly pattern: PatternName | null;
  readonly patternConfidence: number | null;
  readonly box: readonly [number, number, number, number];
  readonly mask: string;
  readonly area: number;
  readonly whole: boolean;
  readonly isPrimary: boolean;
  /** Whether a merchandiser chose it as its item's primary garment. */
  readonly chosen: boolean;
  /** `category` includes a merchandiser's correction; `parsedCategory` is the parser's. */
  readonly corrected: boolean;
  readonly parsedCategory: number | null;
  readonly origin: 'parsed' | 'drawn';
  /** x, y and confidence of each landmark of the parser's category, one after the other. */
  readonly landmarks: readonly number[] | null;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
}

const SELECT = `
  select g.id, g.item_id as "itemId", g.image_position as "imagePosition", g.photo_id as "photoId", g.category,
    g.colour, g.pattern, g.pattern_confidence as "patternConfidence", g.score, g.box, g.mask, g.area, g.whole,
    g.is_primary as "isPrimary", g.chosen, g.corrected, g.parsed_category as "parsedCategory", g.origin, g.landmarks,
    coalesce(i.sha256, p.sha256) as sha256, coalesce(i.width, p.width) as width, coalesce(i.height, p.height) as height
  from garments g
  left join item_images i on i.shop_id = g.shop_id and i.item_id = g.item_id and i.position = g.image_position
  left join photos p on p.shop_id = g.shop_id and p.id = g.photo_id`;
// Best first, in the parser's order; the id breaks ties, so that the order is stable.
const ORDER = 'order by g.score desc, g.id';
const LIVE = '(g.photo_id is null or p.expires_at > now())';

/** One garment of an item, or of a photo that has not expired. */
export async function findGarment(db: ShopQueryable, id: string): Promise<GarmentRow | null> {
  const { rows } = await db.query<GarmentRow>(`${SELECT} where g.shop_id = $1 and g.id = $2 and ${LIVE}`, [
    db.shopId,
    id,
  ]);
  return rows[0] ?? null;
}

/** Garments of items, and of photos that have not expired, in any order. */
export async function listGarments(db: ShopQueryable, ids: readonly string[]): Promise<GarmentRow[]> {
  const { rows } = await db.query<GarmentRow>(
    `${SELECT} where g.shop_id = $1 and g.id = any($2::uuid[]) and ${LIVE}`,
    [db.shopId, ids],
  );
  return rows;
}

export async function listGarmentsOfPhotos(
  db: ShopQueryable,
  photoIds: readonly string[],
): Promise<GarmentRow[]> {
  const { rows } = await db.query<GarmentRow>(
    `${SELECT} where g.shop_id = $1 and g.photo_id = any($2::uuid[]) and ${LIVE} ${ORDER}`,
    [db.shopId, photoIds],
  );
  return rows;
}

/** The garments in all images of these items. */
export async function listGarmentsOfItems(
  db: ShopQueryable,
  itemIds: readonly string[],
): Promise<GarmentRow[]> {
  const { rows } = await db.query<GarmentRow>(
    `${SELECT} where g.shop_id = $1 and g.item_id = any($2::text[]) ${ORDER}`,
    [db.shopId, itemIds],
  );
  return rows;
}

export async function listPrimaryGarments(
  db: ShopQueryable,
  itemIds: readonly string[],
): Promise<GarmentRow[]> {
  const { rows } = await db.query<GarmentRow>(
    `${SELECT} where g.shop_id = $1 and g.item_id = any($2::text[]) and g.is_primary`,
    [db.shopId, itemIds],
  );
  return rows;
}

/** Saves the garments found in one image of an item, or in a photo, at most one of them primary. Returns their ids. */
export async function insertGarments(
  db: Queryable,
  of: {
    shopId: string;
    embeddingModel: string;
    garments: readonly ParsedGarment[];
  } & (
    | { photoId: string; origin?: GarmentRow['origin'] }
    | {
        itemId: string;
        imagePosition: number;
        /** Index in `garments` of the item's primary garment, if it is among them. */
        primary?: number | undefined;
      }
  ),
): Promise<string[]> {
  if (of.garments.length === 0) return [];
  const item = 'itemId' in of ? of : null;
  const ids = of.garments.map(() => randomUUID());
  const column = <T>(read: (garment: ParsedGarment, index: number) => T) => of.garments.map(read);
  await db.query(
    `insert into garments (id, shop_id, item_id, image_position, photo_id, embedding_model, origin,
       category, colour, score, box, mask, area, whole, is_primary, embedding, shades, landmarks,
       attributes_model, pattern, pattern_confidence)
     select g.id, $1, $2, $3, $4, $5, $6, g.category, g.colour, g.score, g.box::real[], g.mask, g.area, g.whole, g.is_primary,
       g.embedding::vector, g.shades::jsonb, g.landmarks::real[], g.attributes_model, g.pattern, g.pattern_confidence
     from unnest($7::smallint[], $8::text[], $9::real[], $10::text[], $11::text[], $12::integer[], $13::boolean[],
       $14::boolean[], $15::text[], $16::uuid[], $17::text[], $18::text[], $19::text[], $20::text[],
       $21::real[])
       as g (category, colour, score, box, mask, area, whole, is_primary, embedding, id, shades, landmarks,
         attributes_model, pattern, pattern_confidence)
     on conflict (shop_id, id) do nothing`,
    [
      of.shopId,
      item?.itemId ?? null,
      item?.imagePosition ?? null,
      'photoId' in of ? of.photoId : null,
      of.embeddingModel,
      ('photoId' in of && of.origin) || 'parsed',
      column((garment) => garment.category),
      column((garment) => garment.colour),
      column((garment) => Math.min(1, Math.max(0, garment.score))),
      column((garment) => `{${garment.box.join(',')}}`),
      column((garment) => garment.rle),
      column((garment) => garment.area),
      column((garment) => garment.whole),
      column((_, index) => index === item?.primary),
      column((garment) => pgvector.toSql([...garment.embedding])),
      ids,
      column(({ shades }) => (shades ? JSON.stringify(shades) : null)),
      column(({ landmarks }) => (landmarks?.every(Number.isFinite) ? `{${landmarks.join(',')}}` : null)),
      column(({ attributes }) => attributes?.model ?? null),
      column(({ attributes }) => attributes?.pattern?.name ?? null),
      column(({ attributes }) => attributes?.pattern?.confidence ?? null),
    ],
  );
  const models = await listModelNames(db, of.shopId);
  if (models.length === 0) return ids;
  const vectors = of.garments.flatMap(({ embedding, further }, i) => {
    const own = { model: of.embeddingModel, embedding };
    return [own, ...(further ? [further] : [])].map((vector) => ({ ...vector, garmentId: ids[i]! }));
  });
  await insertVectors(
    db,
    of.shopId,
    vectors.filter(({ model }) => models.includes(model)),
  );
  return ids;
}

export async function countDrawnGarments(db: Queryable, shopId: string, photoId: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from garments
     where shop_id = $1::uuid and photo_id = $2::uuid and origin = 'drawn'`,
    [shopId, photoId],
  );
  return rows[0]!.count;
}

/** Removes a garment drawn on a photo that has not expired; false if there is no such garment. */
export async function removeDrawnGarment(db: Queryable, shopId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `delete from garments g using photos p
     where g.shop_id = $1::uuid and g.id = $2::uuid and g.origin = 'drawn'
       and p.shop_id = g.shop_id and p.id = g.photo_id and p.expires_at > now()`,
    [shopId, id],
  );
  return rowCount === 1;
}
