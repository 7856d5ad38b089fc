import type { Queryable } from '../db/database.ts';
import type { RoleName } from './viewer.ts';

export interface KeyRow {
  readonly id: string;
  readonly shopId: string;
  readonly role: Exclude<RoleName, 'anonymous'>;
}

/** The key of this SHA-256, in whichever shop, unless it was revoked. */
export async function findKeyByHash(db: Queryable, hash: Buffer): Promise<KeyRow | null> {
  const { rows } = await db.query<KeyRow>(
    `select id, shop_id as "shopId", role from access_keys where hash = $1 and revoked_at is null`,
    [hash],
  );
  return rows[0] ?? null;
}

/** Adds a shop's first key; false where the shop had one already. */
export async function insertFirstKey(
  db: Queryable,
  key: { shopId: string; role: KeyRow['role']; hash: Buffer; hint: string },
): Promise<boolean> {
  // The lock makes two servers that start at once agree on one first key.
  await db.query('select from shops where id = $1 for update', [key.shopId]);
  const { rowCount } = await db.query(
    `insert into access_keys (shop_id, role, hash, hint)
     select $1, $2, $3, $4 where not exists (select from access_keys where shop_id = $1)`,
    [key.shopId, key.role, key.hash, key.hint],
  );
  return rowCount === 1;
}
