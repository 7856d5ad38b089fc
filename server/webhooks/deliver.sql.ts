import type { EndpointTask } from '../catalogue/queue/tasks.ts';
import type { Queryable } from '../db/database.ts';

/** A delivery that is due, with what it takes to send it. */
export interface DueDelivery {
  readonly id: string;
  readonly body: string;
  readonly isTest: boolean;
  readonly tries: number;
  readonly url: string;
  /** The newest first. */
  readonly secrets: readonly Buffer[];
}

/** Not about anything that an earlier delivery to the endpoint is about, as long as that one waits. */
const UNBLOCKED = `not exists (select from webhook_deliveries w
  where w.shop_id = $1 and w.endpoint_id = d.endpoint_id and w.state = 'waiting' and w.number < d.number
    and w.keys && d.keys)`;

/** Of so many that are due, the one that was tried longest ago is found. */
const LOOKED_THROUGH = 200;

/** The columns that decide which delivery goes first, of those that are due. */
const DUE = `select shop_id, endpoint_id, id, number, keys, tried_at from webhook_deliveries
  where shop_id = $1 and endpoint_id = $2 and state = 'waiting' and next_at <= now()`;

/** Which of the deliveries that are due goes first. */
const FIRST = {
  byHand: `(${DUE} and is_urgent) d where ${UNBLOCKED} order by d.number`,
  inOrder: `(${DUE}) d where ${UNBLOCKED} order by d.number`,
  /** So that one which always fails does not stand before all others. */
  leastTried: `(${DUE} order by number limit ${LOOKED_THROUGH}) d where ${UNBLOCKED}
    order by d.tried_at nulls first, d.number`,
} as const;

/** The next delivery to an endpoint; null if none is due. Runs as the owner, since no other role reads secrets. */
export async function findDue(
  db: Queryable,
  { shopId, endpointId }: EndpointTask,
  first: keyof typeof FIRST,
): Promise<DueDelivery | null> {
  const { rows } = await db.query<DueDelivery>(
    `select d.id, d.body, d.is_test as "isTest", d.tries, e.url, array(
       select s.secret from webhook_secrets s
       where s.shop_id = $1 and s.endpoint_id = e.id and (s.expires_at is null or s.expires_at > now())
       order by s.created_at desc) as secrets
     from webhook_endpoints e join webhook_deliveries d on d.shop_id = e.shop_id and d.endpoint_id = e.id
     where e.shop_id = $1 and e.id = $2 and e.disabled_at is null
       and d.id = (select d.id from ${FIRST[first]} limit 1)`,
    [shopId, endpointId],
  );
  return rows[0] ?? null;
}

/** Failed attempts at the endpoint since its last delivery. */
export async function countFailures(db: Queryable, { shopId, endpointId }: EndpointTask): Promise<number> {
  const { rows } = await db.query<{ failures: number }>(
    'select failures from webhook_endpoints where shop_id = $1 and id = $2',
    [shopId, endpointId],
  );
  return rows[0]?.failures ?? 0;
}

export interface LockedEndpoint {
  readonly url: string;
  readonly failures: number;
  /** Seconds. */
  readonly failingFor: number;
  readonly isDisabled: boolean;
}

/** Nobody else adds deliveries or notes their outcomes until the transaction ends. Null if it is gone. */
export async function lockEndpoint(
  db: Queryable,
  { shopId, endpointId }: EndpointTask,
): Promise<LockedEndpoint | null> {
  const { rows } = await db.query<LockedEndpoint>(
    `select url, failures, coalesce(extract(epoch from now() - failing_since), 0)::float8 as "failingFor",
       disabled_at is not null as "isDisabled"
     from webhook_endpoints where shop_id = $1 and id = $2 for update`,
    [shopId, endpointId],
  );
  return rows[0] ?? null;
}

/** Has the endpoint looked at when its next delivery is due; never if none waits. It has to be locked. */
export async function settleEndpoint(db: Queryable, { shopId, endpointId }: EndpointTask): Promise<void> {
  await db.query(
    `update webhook_endpoints e set due_at = (
       select min(d.next_at) from webhook_deliveries d
       where d.shop_id = $1 and d.endpoint_id = e.id and d.state = 'waiting' and ${UNBLOCKED})
     where e.shop_id = $1 and e.id = $2`,
    [shopId, endpointId],
  );
}

/** What became of an attempt. */
export interface Attempt {
  readonly status: number | null;
  readonly answer: string | null;
  readonly error: string | null;
  readonly tookMs: number;
}

const ATTEMPT = `tries = tries + 1, is_urgent = false, tried_at = now(), first_tried_at = least(first_tried_at, now()),
  status = $3, answer = $4, error = $5, took_ms = $6`;

const valuesOf = (shopId: string, id: string, { status, answer, error, tookMs }: Attempt) => [
  shopId,
  id,
  status,
  answer,
  error,
  tookMs,
];

export async function markDelivered(
  db: Queryable,
  shopId: string,
  id: string,
  attempt: Attempt,
): Promise<void> {
  await db.query(
    `update webhook_deliveries set ${ATTEMPT}, state = 'delivered', ended_at = now(), next_at = null
     where shop_id = $1 and id = $2 and state = 'waiting'`,
    valuesOf(shopId, id, attempt),
  );
}

/** After how many attempts, or how many seconds after the first, a delivery is given up. */
export interface Limits {
  readonly mostTries: number;
  readonly givesUpAfter: number;
}

/** Ends the delivery if the limits say so; otherwise it is due again after the pause. Without limits it is kept. */
export async function markFailed(
  db: Queryable,
  shopId: string,
  id: string,
  attempt: Attempt,
  { pause, limits }: { pause: number; limits: Limits | null },
): Promise<void> {
  // Times are values here: a distributed database takes no function of the clock in a case.
  const { rows } = await db.query<{ now: string; next: string }>(
    `select now()::text as now, (now() + $1 * interval '1 second')::text as next`,
    [pause],
  );
  const { now, next } = rows[0]!;
  const ends = `($7::integer is not null
    and (tries + 1 >= $7 or $9::timestamptz - least(first_tried_at, $9::timestamptz) >= $8 * interval '1 second'))`;
  await db.query(
    `update webhook_deliveries set ${ATTEMPT}, state = case when ${ends} then 'failed' else 'waiting' end,
       ended_at = case when ${ends} then $9::timestamptz end,
       next_at = case when not ${ends} then $10::timestamptz end
     where shop_id = $1 and id = $2 and state = 'waiting'`,
    [...valuesOf(shopId, id, attempt), limits?.mostTries ?? null, limits?.givesUpAfter ?? null, now, next],
  );
}

export async function noteSuccess(db: Queryable, { shopId, endpointId }: EndpointTask): Promise<void> {
  await db.query(
    'update webhook_endpoints set failures = 0, failing_since = null where shop_id = $1 and id = $2',
    [shopId, endpointId],
  );
}

/** Leaves the endpoint alone for a pause. */
export async function noteFailure(
  db: Queryable,
  { shopId, endpointId }: EndpointTask,
  pause: number,
): Promise<void> {
  await db.query(
    `update webhook_endpoints set failures = failures + 1, failing_since = least(failing_since, now()),
       due_at = now() + $3 * interval '1 second'
     where shop_id = $1 and id = $2`,
    [shopId, endpointId, pause],
  );
}

/** What has waited for a receiver that was down is due now. */
export async function hurryWaiting(db: Queryable, { shopId, endpointId }: EndpointTask): Promise<void> {
  await db.query(
    `update webhook_deliveries set next_at = now() where shop_id = $1 and endpoint_id = $2 and state = 'waiting'`,
    [shopId, endpointId],
  );
}
