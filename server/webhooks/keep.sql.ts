import type { Queryable } from '../db/database.ts';

/** Removes deliveries that ended this long ago, and such as have waited as long for an endpoint that is off. */
export async function removeOldDeliveries(db: Queryable, days: number): Promise<void> {
  await db.query(
    `delete from webhook_deliveries where coalesce(ended_at, created_at) < now() - $1 * interval '1 day'
       and (state <> 'waiting' or exists (
         select from webhook_endpoints e
         where e.shop_id = webhook_deliveries.shop_id and e.id = webhook_deliveries.endpoint_id
           and e.disabled_at is not null))`,
    [days],
  );
}

/** Of each endpoint, keeps the newest of the deliveries that have ended. */
export async function keepNewest(db: Queryable, most: number): Promise<void> {
  await db.query(
    `delete from webhook_deliveries d using (
       select shop_id, id, row_number() over (partition by shop_id, endpoint_id order by number desc) as place
       from webhook_deliveries where state <> 'waiting') o
     where o.shop_id = d.shop_id and o.id = d.id and o.place > $1`,
    [most],
  );
}

export async function removeOldSecrets(db: Queryable): Promise<void> {
  await db.query('delete from webhook_secrets where expires_at <= now()');
}
