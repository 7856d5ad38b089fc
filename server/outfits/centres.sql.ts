import type { Queryable } from '../db/database.ts';
import { garmentsFrom } from '../garments/vector-source.ts';
import { parameters } from '../retrieval/nearest/conditions.ts';
import type { PieceSource } from './pieces.sql.ts';
import { categoriesOfSlot } from './templates.ts';
import { readVector } from './vector-bytes.ts';

/** Items that are averaged for each category of a slot. */
const SAMPLE = 24;

/** Where the items of each slot lie: the mean vector of a few of each category. Slots without items are left out. */
export async function readCentres(
  db: Queryable,
  { shopId, vectors, embeddingModel }: PieceSource,
  slots: readonly string[],
): Promise<Map<string, Float32Array>> {
  const { bind, values } = parameters();
  const shop = `${bind(shopId)}::uuid`;
  const garments = garmentsFrom(vectors, bind);
  const model = bind(embeddingModel);
  // Each with its own condition, so that the database looks it up in an index.
  const samples = slots.flatMap((slot) =>
    categoriesOfSlot(slot).map((category) => {
      const name = bind(slot);
      const inCategory = category === 0 ? '' : `and i.category = ${bind(category)}::smallint`;
      return `(select ${name}::text as slot, g.embedding from items i join ${garments} on g.shop_id = i.shop_id
        and g.item_id = i.id and g.is_primary and g.embedding_model = ${model}
        where i.shop_id = ${shop} and i.slot = ${name}::text and i.state = 'ready' ${inCategory} limit ${SAMPLE})`;
    }),
  );
  if (samples.length === 0) return new Map();
  const { rows } = await db.query<{ slot: string; vector: Buffer }>(
    `select slot, vector_send(avg(embedding)) as vector from (${samples.join(' union all ')}) sampled group by slot`,
    values,
  );
  return new Map(rows.map(({ slot, vector }) => [slot, readVector(vector)]));
}
