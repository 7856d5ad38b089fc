import type { Queryable } from '../db/database.ts';
import type { VectorSource } from './vector-source.ts';

export interface SearchShop {
  readonly currency: string;
  /** Null if searches compare the garments' original vectors. */
  readonly vectors: VectorSource | null;
}

/** What a search needs to know about its shop. */
export async function findSearchShop(db: Queryable, shopId: string): Promise<SearchShop> {
  const { rows } = await db.query<{ currency: string; modelId: string | null; model: string | null }>(
    `select s.currency, m.id as "modelId", m.model from shops s
     left join shop_model_in_use u on u.shop_id = s.id
     left join shop_models m on m.shop_id = s.id and m.id = u.model_id
     where s.id = $1`,
    [shopId],
    'search shop',
  );
  const { currency = '', modelId = null, model = null } = rows[0] ?? {};
  return { currency, vectors: modelId !== null && model !== null ? { modelId, model } : null };
}
