import type { Queryable } from '../db/database.ts';

export type DeliveryStateName = 'waiting' | 'delivered' | 'failed';

export interface DeliveryRow {
  readonly id: string;
  readonly number: number;
  readonly type: string;
  readonly isTest: boolean;
  readonly state: DeliveryStateName;
  readonly tries: number;
  readonly createdAt: Date;
  readonly triedAt: Date | null;
  readonly nextTryAt: Date | null;
  readonly endedAt: Date | null;
  readonly status: number | null;
  readonly answer: string | null;
  readonly error: string | null;
  readonly tookMs: number | null;
  readonly items: number;
  readonly body: string;
}

const COLUMNS = `id, number, type, is_test as "isTest", state, tries, created_at as "createdAt", tried_at as "triedAt",
  next_at as "nextTryAt", ended_at as "endedAt", status, answer, error, took_ms as "tookMs", items, body`;

/** The newest first. */
export async function pageDeliveries(
  db: Queryable,
  page: {
    shopId: string;
    endpointId: string;
    state: DeliveryStateName | null;
    before: number | null;
    limit: number;
  },
): Promise<DeliveryRow[]> {
  const { rows } = await db.query<DeliveryRow>(
    `select ${COLUMNS} from webhook_deliveries
     where shop_id = $1 and endpoint_id = $2 and ($3::text is null or state = $3)
       and ($4::bigint is null or number < $4)
     order by number desc limit $5`,
    [page.shopId, page.endpointId, page.state, page.before, page.limit],
  );
  return rows;
}

/** The delivery, and to which endpoint. */
export async function findDelivery(
  db: Queryable,
  shopId: string,
  id: string,
): Promise<(DeliveryRow & { endpointId: string }) | null> {
  const { rows } = await db.query<DeliveryRow & { endpointId: string }>(
    `select ${COLUMNS}, endpoint_id as "endpointId" from webhook_deliveries where shop_id = $1 and id = $2`,
    [shopId, id],
  );
  return rows[0] ?? null;
}

/** As new, and before the others. */
export async function resetDelivery(db: Queryable, shopId: string, id: string): Promise<void> {
  await db.query(
    `update webhook_deliveries set state = 'waiting', tries = 0, first_tried_at = null, next_at = now(), ended_at = null,
       is_urgent = true
     where shop_id = $1 and id = $2`,
    [shopId, id],
  );
}

export async function insertTest(
  db: Queryable,
  { shopId, endpointId, type, body }: { shopId: string; endpointId: string; type: string; body: string },
): Promise<DeliveryRow> {
  const { rows } = await db.query<DeliveryRow>(
    `insert into webhook_deliveries (shop_id, endpoint_id, type, body, is_test, is_urgent)
     values ($1, $2, $3, $4, true, true) returning ${COLUMNS}`,
    [shopId, endpointId, type, body],
  );
  return rows[0]!;
}

/** Has the endpoint looked at now, even if it is left alone after a failure. */
export async function hurryEndpoint(db: Queryable, shopId: string, id: string): Promise<void> {
  await db.query('update webhook_endpoints set due_at = now() where shop_id = $1 and id = $2', [shopId, id]);
}
