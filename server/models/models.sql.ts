import type { Queryable } from '../db/database.ts';
import type { VectorSource } from '../garments/vector-source.ts';

export interface ModelRow {
  readonly id: string;
  readonly model: string;
  readonly state: 'embedding' | 'ready' | 'moving' | 'dropped';
  readonly failed: number;
  readonly embedded: number;
  readonly createdAt: Date;
}

/** The shop's further models, the newest first. */
export async function listModels(db: Queryable, shopId: string): Promise<ModelRow[]> {
  const { rows } = await db.query<ModelRow>(
    `select m.id, m.model, m.state, m.failed, m.created_at as "createdAt",
       (select count(*)::int from model_vectors v where v.shop_id = $1::uuid and v.model_id = m.id) as embedded
     from shop_models m where m.shop_id = $1::uuid order by m.created_at desc, m.id`,
    [shopId],
  );
  return rows;
}

/** How many garments the shop has, and which model most of its items' own vectors are of; null without any. */
export async function describeOwnVectors(
  db: Queryable,
  shopId: string,
): Promise<{ garments: number; model: string | null }> {
  const { rows } = await db.query<{ garments: number; model: string | null }>(
    `select count(*)::int as garments, mode() within group (order by embedding_model) filter (where is_primary) as model
     from garments where shop_id = $1::uuid`,
    [shopId],
  );
  return rows[0]!;
}

export interface InUse {
  /** Null where the garments' own vectors are meant. */
  readonly modelId: string | null;
  readonly previousId: string | null;
  /** Null where nothing was ever promoted. */
  readonly switchedAt: Date | null;
}

export async function findInUse(db: Queryable, shopId: string): Promise<InUse> {
  const { rows } = await db.query<InUse>(
    `select model_id as "modelId", previous_id as "previousId", switched_at as "switchedAt"
     from shop_model_in_use where shop_id = $1`,
    [shopId],
  );
  return rows[0] ?? { modelId: null, previousId: null, switchedAt: null };
}

export async function findModel(
  db: Queryable,
  shopId: string,
  id: string,
): Promise<(VectorSource & { state: ModelRow['state'] }) | null> {
  const { rows } = await db.query<VectorSource & { state: ModelRow['state'] }>(
    'select id as "modelId", model, state from shop_models where shop_id = $1 and id = $2',
    [shopId, id],
  );
  return rows[0] ?? null;
}

/** Nobody else switches or drops a model of the shop until the transaction ends. */
export async function lockModels(db: Queryable, shopId: string): Promise<void> {
  await db.query(`select pg_advisory_xact_lock(hashtextextended('armoire.models.' || $1, 0))`, [shopId]);
}

/** Turns the shop's searches to this model, or to the garments' own vectors: one row, whatever the shop's size. */
export async function switchModel(db: Queryable, shopId: string, modelId: string | null): Promise<void> {
  await db.query(
    `insert into shop_model_in_use as u (shop_id, model_id) values ($1, $2)
     on conflict (shop_id) do update set model_id = $2, previous_id = u.model_id, switched_at = excluded.switched_at
     where u.model_id is distinct from $2`,
    [shopId, modelId],
  );
}

/** Marks the model as the one whose vectors are to take the place of the garments' own. */
export async function beginMove(db: Queryable, shopId: string, modelId: string): Promise<void> {
  await db.query(
    `update shop_models set state = 'moving' where shop_id = $1 and id = $2 and state = 'ready'`,
    [shopId, modelId],
  );
}

/** With its vectors. */
export async function dropModel(db: Queryable, shopId: string, modelId: string): Promise<void> {
  await db.query('select drop_model($1::uuid, $2::uuid)', [shopId, modelId]);
}
