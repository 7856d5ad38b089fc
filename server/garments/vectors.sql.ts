import pgvector from 'pgvector/pg';
import type { Queryable } from '../db/database.ts';

/** A garment's vector from one model. */
export interface GarmentVector {
  readonly garmentId: string;
  readonly model: string;
  readonly embedding: Float32Array;
}

/** The names of the shop's additional models, whether in use or not. */
export async function listModelNames(db: Queryable, shopId: string): Promise<string[]> {
  const { rows } = await db.query<{ model: string }>(
    `select model from shop_models where shop_id = $1 and state <> 'dropped'`,
    [shopId],
  );
  return rows.map(({ model }) => model);
}

/** Saves vectors of the shop's additional models. Ignores vectors of other models and of deleted garments. */
export async function insertVectors(
  db: Queryable,
  shopId: string,
  vectors: readonly GarmentVector[],
): Promise<void> {
  if (vectors.length === 0) return;
  // The lock keeps the garments, and is_primary unchanged, until their triggers can see these rows.
  const garments = await db.query<{ id: string; primary: boolean }>(
    'select id, is_primary as primary from garments where shop_id = $1 and id = any($2::uuid[]) for share',
    [shopId, vectors.map(({ garmentId }) => garmentId)],
  );
  const models = await db.query<{ id: string; model: string }>(
    `select id, model from shop_models where shop_id = $1 and state <> 'dropped'`,
    [shopId],
  );
  const isPrimary = new Map(garments.rows.map(({ id, primary }) => [id, primary]));
  const idOf = new Map(models.rows.map(({ id, model }) => [model, id]));
  const kept = vectors.filter(({ garmentId, model }) => isPrimary.has(garmentId) && idOf.has(model));
  await db.query(
    `insert into model_vectors (shop_id, model_id, garment_id, is_primary, embedding)
     select $1::uuid, v.model_id, v.garment_id, v.is_primary, v.embedding::vector
     from unnest($2::uuid[], $3::uuid[], $4::boolean[], $5::text[]) as v (garment_id, model_id, is_primary, embedding)
     on conflict do nothing`,
    [
      shopId,
      kept.map(({ garmentId }) => garmentId),
      kept.map(({ model }) => idOf.get(model)),
      kept.map(({ garmentId }) => isPrimary.get(garmentId)),
      kept.map(({ embedding }) => pgvector.toSql([...embedding])),
    ],
  );
}

/** Has the further models that lack vectors of these items' garments embed them in the background. Runs as the owner. */
export async function askForVectors(
  db: Queryable,
  shopId: string,
  itemIds: readonly string[],
): Promise<void> {
  await db.query(
    `update shop_models m set state = 'embedding' where m.shop_id = $1::uuid and m.state = 'ready' and exists (
       select from garments g where g.shop_id = $1::uuid and g.item_id = any($2::text[]) and not exists (
         select from model_vectors v where v.shop_id = $1::uuid and v.garment_id = g.id and v.model_id = m.id))`,
    [shopId, itemIds],
  );
}
