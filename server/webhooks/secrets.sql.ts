import type { Queryable } from '../db/database.ts';

export async function insertSecret(
  db: Queryable,
  shopId: string,
  endpointId: string,
  secret: Buffer,
): Promise<void> {
  // Of two that are made in one transaction, the last is the newest.
  await db.query(
    'insert into webhook_secrets (shop_id, endpoint_id, secret, created_at) values ($1, $2, $3, clock_timestamp())',
    [shopId, endpointId, secret],
  );
}

/** Ends the secret in use after so many hours, and at once one that was to end later: two are good at a time. */
export async function retireSecrets(
  db: Queryable,
  shopId: string,
  endpointId: string,
  hours: number,
): Promise<void> {
  await db.query(
    'delete from webhook_secrets where shop_id = $1 and endpoint_id = $2 and (expires_at is not null or $3 <= 0)',
    [shopId, endpointId, hours],
  );
  await db.query(
    `update webhook_secrets set expires_at = now() + $3 * interval '1 hour' where shop_id = $1 and endpoint_id = $2`,
    [shopId, endpointId, hours],
  );
}
