import type { Queryable } from '../db/database.ts';

export interface ClientLimit {
  /** A hash of the client's address. */
  readonly client: Buffer;
  readonly kind: string;
  /** What fits, and what comes back within a minute. */
  readonly capacity: number;
}

/**
 * Takes up to `wanted` from what the client has left, or nothing if it has less than `least`. `initial`: what it has if
 * nothing was counted yet; null if no further client may be counted here. Returns null for a client that is not.
 */
export async function takeFromLimit(
  db: Queryable,
  { client, kind, capacity }: ClientLimit,
  { wanted, least, initial }: { wanted: number; least: number; initial: number | null },
): Promise<{ granted: number; remaining: number } | null> {
  if (initial !== null) {
    await db.query(
      `insert into client_limits (client, kind, remaining, counted_at) values ($1, $2, $3, clock_timestamp())
       on conflict do nothing`,
      [client, kind, initial],
    );
  }
  const { rows } = await db.query<{ granted: number; remaining: number }>(
    `with had as (
       select least($3::float8, remaining + $3::float8 / 60 *
         greatest(0, extract(epoch from clock_timestamp() - counted_at)::float8)) as amount
       from client_limits where client = $1 and kind = $2 for update),
     given as (
       select amount, case when amount + 1e-6 < $5::float8 then 0 else least($4::float8, amount) end as granted from had)
     update client_limits c set remaining = g.amount - g.granted, counted_at = clock_timestamp()
     from given g where c.client = $1 and c.kind = $2 returning g.granted, c.remaining`,
    [client, kind, capacity, wanted, least],
  );
  return rows[0] ?? null;
}

/** What the client had left of each kind, and how many seconds ago. */
export async function readLimits(
  db: Queryable,
  client: Buffer,
): Promise<{ kind: string; remaining: number; seconds: number }[]> {
  const { rows } = await db.query<{ kind: string; remaining: number; seconds: number }>(
    `select kind, remaining, extract(epoch from clock_timestamp() - counted_at)::float8 as seconds
     from client_limits where client = $1`,
    [client],
    'limits-of-client',
  );
  return rows;
}

/** Forgets those whose limits are whole again, and returns how many are left. */
export async function sweepLimits(db: Queryable): Promise<number> {
  await db.query(`delete from client_limits where counted_at < now() - interval '2 minutes'`);
  const { rows } = await db.query<{ n: number }>('select count(*)::int as n from client_limits');
  return rows[0]!.n;
}
