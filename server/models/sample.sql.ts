import { randomUUID } from 'node:crypto';
import type { Queryable } from '../db/database.ts';

/**
 * Some items that searches can find, at random: their garments' ids are random, so that those that follow a random id
 * are a fair choice, read from the key's index whatever the shop's size.
 */
export async function sampleItems(db: Queryable, shopId: string, limit: number): Promise<string[]> {
  const part = (side: '>=' | '<') => `(select g.item_id as id from garments g
    join items i on i.shop_id = g.shop_id and i.id = g.item_id
    where g.shop_id = $1::uuid and g.is_primary and i.state = 'ready' and g.id ${side} $2 order by g.id limit $3)`;
  const { rows } = await db.query<{ id: string }>(
    `select id from (${part('>=')} union all ${part('<')}) as s limit $3`,
    [shopId, randomUUID(), limit],
  );
  return rows.map(({ id }) => id);
}
