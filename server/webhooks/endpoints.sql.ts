import type { Queryable } from '../db/database.ts';
import type { EventType } from '../outbox/events.ts';

export type DisabledReason = 'by_hand' | 'failing' | 'gone' | 'backlog';

export interface EndpointRow {
  readonly id: string;
  readonly url: string;
  readonly label: string;
  readonly events: EventType[];
  readonly createdAt: Date;
  readonly failingSince: Date | null;
  readonly disabledAt: Date | null;
  readonly disabledReason: DisabledReason | null;
  readonly waitingCount: number;
  readonly nextTryAt: Date | null;
  /** When the newest secret was made. */
  readonly secretMadeAt: Date;
  /** Until when the one before it is good as well. */
  readonly signsWithBothUntil: Date | null;
}

const SELECT = `select e.id, e.url, e.label, e.events, e.created_at as "createdAt", e.failing_since as "failingSince",
    e.disabled_at as "disabledAt", e.disabled_reason as "disabledReason",
    case when e.disabled_at is null then e.due_at end as "nextTryAt",
    (select count(*)::int from webhook_deliveries d
     where d.shop_id = $1 and d.endpoint_id = e.id and d.state = 'waiting') as "waitingCount",
    (select max(s.created_at) from webhook_secrets s
     where s.shop_id = $1 and s.endpoint_id = e.id) as "secretMadeAt",
    (select max(s.expires_at) from webhook_secrets s
     where s.shop_id = $1 and s.endpoint_id = e.id and s.expires_at > now()) as "signsWithBothUntil"
  from webhook_endpoints e where e.shop_id = $1`;

/** The shop's endpoints, the oldest first. */
export async function listEndpoints(db: Queryable, shopId: string): Promise<EndpointRow[]> {
  const { rows } = await db.query<EndpointRow>(`${SELECT} order by e.created_at, e.id`, [shopId]);
  return rows;
}

export async function findEndpoint(db: Queryable, shopId: string, id: string): Promise<EndpointRow | null> {
  const { rows } = await db.query<EndpointRow>(`${SELECT} and e.id = $2`, [shopId, id]);
  return rows[0] ?? null;
}

/** Their number. Another of the shop waits until this transaction ends. */
export async function countEndpoints(db: Queryable, shopId: string): Promise<number> {
  await db.query(`select pg_advisory_xact_lock(hashtextextended('armoire.webhooks.' || $1, 0))`, [shopId]);
  const { rows } = await db.query<{ count: number }>(
    'select count(*)::int as count from webhook_endpoints where shop_id = $1',
    [shopId],
  );
  return rows[0]!.count;
}

export interface EndpointValues {
  readonly url: string;
  readonly label: string;
  readonly events: readonly EventType[];
}

export async function insertEndpoint(
  db: Queryable,
  shopId: string,
  { url, label, events }: EndpointValues,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    'insert into webhook_endpoints (shop_id, url, label, events) values ($1, $2, $3, $4) returning id',
    [shopId, url, label, events],
  );
  return rows[0]!.id;
}

/** False if there is no such endpoint. */
export async function updateEndpoint(
  db: Queryable,
  shopId: string,
  id: string,
  { url, label, events }: EndpointValues,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'update webhook_endpoints set url = $3, label = $4, events = $5 where shop_id = $1 and id = $2',
    [shopId, id, url, label, events],
  );
  return rowCount === 1;
}

/** Switches an endpoint off. What waits for it is kept; what happens from now on is not told to it. */
export async function disableEndpoint(
  db: Queryable,
  shopId: string,
  id: string,
  reason: DisabledReason,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update webhook_endpoints set disabled_at = least(disabled_at, now()),
       disabled_reason = coalesce(disabled_reason, $3), due_at = null
     where shop_id = $1 and id = $2`,
    [shopId, id, reason],
  );
  return rowCount === 1;
}

/** Switches an endpoint on again, as if it had never failed: what waits for it is delivered now. */
export async function enableEndpoint(db: Queryable, shopId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update webhook_endpoints set disabled_at = null, disabled_reason = null, failures = 0, failing_since = null,
       due_at = now()
     where shop_id = $1 and id = $2`,
    [shopId, id],
  );
  await db.query(
    `update webhook_deliveries set next_at = now(), tries = 0, first_tried_at = null
     where shop_id = $1 and endpoint_id = $2 and state = 'waiting'`,
    [shopId, id],
  );
  return rowCount === 1;
}

/** With its secrets and deliveries. */
export async function deleteEndpoint(db: Queryable, shopId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query('delete from webhook_endpoints where shop_id = $1 and id = $2', [
    shopId,
    id,
  ]);
  return rowCount === 1;
}
