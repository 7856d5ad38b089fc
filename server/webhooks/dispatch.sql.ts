import type { Queryable } from '../db/database.ts';
import type { EventType } from '../outbox/events.ts';
import type { OutboxRow } from './messages.ts';

/**
 * Shops whose events are to become deliveries: failed items are collected for some seconds, unless there are many or
 * something else is to be told. Runs as the owner.
 */
export async function listShopsToTell(
  db: Queryable,
  { many, seconds }: { many: number; seconds: number },
): Promise<string[]> {
  const { rows } = await db.query<{ shopId: string }>(
    `select shop_id as "shopId" from outbox group by shop_id
     having count(*) >= $1 or bool_or(type <> 'item.failed') or min(noted_at) <= now() - $2 * interval '1 second'`,
    [many, seconds],
  );
  return rows.map(({ shopId }) => shopId);
}

/** The oldest events of a shop. */
export async function readOutbox(db: Queryable, shopId: string, limit: number): Promise<OutboxRow[]> {
  const { rows } = await db.query<OutboxRow>(
    `select number, type, import_id as "importId", item_id as "itemId", data, noted_at as "notedAt"
     from outbox where shop_id = $1 order by number limit $2`,
    [shopId, limit],
  );
  return rows;
}

export async function removeFromOutbox(
  db: Queryable,
  shopId: string,
  numbers: readonly number[],
): Promise<void> {
  await db.query('delete from outbox where shop_id = $1 and number = any($2::bigint[])', [shopId, numbers]);
}

export interface Listener {
  readonly id: string;
  readonly events: readonly EventType[];
  readonly waiting: number;
}

/** The endpoints that are told, locked, so that deliveries are made by one at a time. */
export async function lockListeners(db: Queryable, shopId: string): Promise<Listener[]> {
  await db.query('select from webhook_endpoints where shop_id = $1 order by id for update', [shopId]);
  const { rows } = await db.query<Listener>(
    `select e.id, e.events, (select count(*)::int from webhook_deliveries d
       where d.shop_id = $1 and d.endpoint_id = e.id and d.state = 'waiting') as waiting
     from webhook_endpoints e where e.shop_id = $1 and e.disabled_at is null order by e.id`,
    [shopId],
  );
  return rows;
}

/** How many items of each of these imports an endpoint has been told of. */
export async function countTold(
  db: Queryable,
  shopId: string,
  endpointId: string,
  importIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await db.query<{ importId: string; items: number }>(
    `select import_id as "importId", sum(items)::int as items from webhook_deliveries
     where shop_id = $1 and endpoint_id = $2 and import_id = any($3::uuid[]) and items > 0 group by import_id`,
    [shopId, endpointId, importIds],
  );
  return new Map(rows.map(({ importId, items }) => [importId, items]));
}

export interface NewDelivery {
  readonly endpointId: string;
  readonly type: string;
  readonly importId: string | null;
  readonly items: number;
  readonly keys: readonly string[];
  readonly body: string;
}

/** Adds deliveries in this order. */
export async function insertDeliveries(
  db: Queryable,
  shopId: string,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  await db.query(
    `insert into webhook_deliveries (shop_id, endpoint_id, type, import_id, items, keys, body)
     select $1, d."endpointId", d.type, d."importId", d.items, d.keys, d.body
     from rows from (jsonb_to_recordset($2::jsonb) as ("endpointId" uuid, type text, "importId" uuid, items smallint,
       keys text[], body text)) with ordinality as d ("endpointId", type, "importId", items, keys, body, place)
     order by d.place on conflict (shop_id, id) do nothing`,
    [shopId, JSON.stringify(deliveries)],
  );
}

/** Has the endpoints looked at now, unless they are left alone for a while after a failure. */
export async function wakeEndpoints(db: Queryable, shopId: string, ids: readonly string[]): Promise<void> {
  await db.query(
    `update webhook_endpoints set due_at = now()
     where shop_id = $1 and id = any($2::uuid[]) and (failures = 0 or due_at is null)`,
    [shopId, ids],
  );
}

/** Endpoints with something to be delivered now, of all shops. Runs as the owner. */
export async function listDueEndpoints(
  db: Queryable,
  limit: number,
): Promise<{ shopId: string; endpointId: string }[]> {
  const { rows } = await db.query<{ shopId: string; endpointId: string }>(
    `select shop_id as "shopId", id as "endpointId" from webhook_endpoints
     where due_at <= now() and disabled_at is null order by due_at limit $1`,
    [limit],
  );
  return rows;
}
