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
  // The lock keeps is_primary unchanged until the trigger can see these rows.
  await db.query(
    `with garment as (
       select id, is_primary from garments where shop_id = $1 and id = any($2::uuid[]) for share)
     insert into model_vectors (shop_id, model_id, garment_id, is_primary, embedding)
     select $1::uuid, m.id, g.id, g.is_primary, v.embedding::vector
     from unnest($2::uuid[], $3::text[], $4::text[]) as v (garment_id, model, embedding)
     join garment g on g.id = v.garment_id
     join shop_models m on m.shop_id = $1 and m.model = v.model and m.state <> 'dropped'
     on conflict do nothing`,
    [
      shopId,
      vectors.map(({ garmentId }) => garmentId),
      vectors.map(({ model }) => model),
      vectors.map(({ embedding }) => pgvector.toSql([...embedding])),
    ],
  );
}
