import type { Queryable } from '../db/database.ts';

/** How many past minutes are kept. */
const KEPT = 10;

/** Takes a block of calls from a key's limit for this minute; returns how many were granted. */
export async function takeUsage(
  db: Queryable,
  of: {
    shopId: string;
    keyId: string;
    kind: 'parse' | 'search' | 'event';
    /** Minutes since 1970. */
    minute: number;
    block: number;
    limit: number;
  },
): Promise<number> {
  const at = new Date(of.minute * 60_000);
  await db.query('delete from key_usage where shop_id = $1 and key_id = $2 and minute < $3', [
    of.shopId,
    of.keyId,
    new Date((of.minute - KEPT) * 60_000),
  ]);
  const { rows } = await db.query<{ used: number }>(
    `insert into key_usage as u (shop_id, key_id, kind, minute, used)
     values ($1, $2, $3, $4, least($5::integer, $6::integer))
     on conflict (shop_id, key_id, kind, minute) do update set used = u.used + $5 where u.used < $6
     returning used`,
    [of.shopId, of.keyId, of.kind, at, of.block, of.limit],
  );
  const used = rows[0]?.used;
  // The last block may exceed the limit; the excess is not granted.
  return used === undefined ? 0 : Math.min(of.block, of.limit - (used - of.block));
}
