import type { Queryable } from '../db/database.ts';
import type { Statement } from '../db/statement.ts';
import type { VectorSource } from './vector-source.ts';

export interface SearchShop {
  readonly currency: string;
  /** Null if searches compare the garments' original vectors. */
  readonly vectors: VectorSource | null;
}

interface ShopRow {
  readonly currency: string;
  readonly modelId: string | null;
  readonly model: string | null;
}

/** What a search needs to know about its shop. */
export async function findSearchShop(db: Queryable, shopId: string): Promise<SearchShop> {
  const { text, values, name } = searchShopStatement(shopId);
  const { rows } = await db.query<ShopRow>(text, values, name);
  return toSearchShop(rows);
}

export function searchShopStatement(shopId: string): Statement<ShopRow> & { readonly name: string } {
  return {
    text: `select s.currency, m.id as "modelId", m.model from shops s
     left join shop_model_in_use u on u.shop_id = s.id
     left join shop_models m on m.shop_id = s.id and m.id = u.model_id
     where s.id = $1`,
    values: [shopId],
    name: 'search shop',
  };
}

export function toSearchShop([row]: readonly ShopRow[]): SearchShop {
  const { currency = '', modelId = null, model = null } = row ?? {};
  return { currency, vectors: modelId !== null && model !== null ? { modelId, model } : null };
}
