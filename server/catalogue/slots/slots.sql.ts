import type { Queryable, ShopQueryable } from '../../db/database.ts';
import { SHOWN } from '../../shops/shown-items.sql.ts';
import type { OwnSlot } from './match-slot.ts';

export interface OwnSlotRow extends OwnSlot {
  readonly label: string;
}

/** The shop's own slots, in the order in which they were made. */
export async function listOwnSlots(db: Queryable, shopId: string): Promise<OwnSlotRow[]> {
  const { rows } = await db.query<OwnSlotRow>(
    `select name, label, product_types as "productTypes" from slots where shop_id = $1 order by created_at, name`,
    [shopId],
  );
  return rows;
}

/**
 * Until the transaction ends: an import keeps the shop's slots from changing, and a change waits for the imports that
 * are being written. Otherwise an item could be stored by slots that are no longer there.
 */
export async function lockSlots(db: Queryable, shopId: string, mode: 'use' | 'change'): Promise<void> {
  const lock = mode === 'use' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await db.query(`select ${lock}(hashtextextended('armoire.slots.' || $1, 0))`, [shopId]);
}

export async function putSlot(db: Queryable, shopId: string, slot: OwnSlotRow): Promise<void> {
  await db.query(
    `insert into slots (shop_id, name, label, product_types) values ($1, $2, $3, $4)
     on conflict (shop_id, name) do update set label = excluded.label, product_types = excluded.product_types`,
    [shopId, slot.name, slot.label, slot.productTypes],
  );
}

export async function deleteSlot(db: Queryable, shopId: string, name: string): Promise<boolean> {
  const { rowCount } = await db.query('delete from slots where shop_id = $1 and name = $2', [shopId, name]);
  return rowCount === 1;
}

/** The number of items in each of these slots that can be found. */
export async function countBySlot(
  db: ShopQueryable,
  names: readonly string[],
): Promise<{ slot: string; count: number }[]> {
  const { rows } = await db.query<{ slot: string; count: number }>(
    `select i.slot, count(*)::int as count from items i
     where i.shop_id = $1 and i.slot = any($2::text[]) and i.state = 'ready' and ${SHOWN} group by i.slot`,
    [db.shopId, names],
  );
  return rows;
}
