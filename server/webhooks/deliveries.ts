import { isUuid } from '../db/database.ts';
import { InvalidInputError, NotFoundError } from '../errors/errors.ts';
import { checkFirst, cursorScope, decodeCursor, encodeCursor, toConnection } from '../graphql/connection.ts';
import type { WebhookContext } from './context.ts';
import {
  type DeliveryRow,
  type DeliveryStateName,
  findDelivery,
  hurryEndpoint,
  insertTest,
  pageDeliveries,
  resetDelivery,
} from './deliveries.sql.ts';
import { toDelivery, type WebhookDeliveryConnection } from './delivery.type.ts';
import type { EndpointRow } from './endpoints.sql.ts';
import { requireEndpoint } from './endpoints.ts';
import { bodyOf } from './messages.ts';

export const TEST_TYPE = 'webhook.test';

type Parts = Pick<WebhookContext, 'db' | 'shopId'>;

/** One page of an endpoint's deliveries, the newest first. Throws NotFoundError and InvalidInputError. */
export async function listDeliveryPage(
  { db, shopId }: Parts,
  endpointId: string,
  page: { state: DeliveryStateName | null; first: number; after?: string | null | undefined },
): Promise<WebhookDeliveryConnection> {
  const first = checkFirst(page.first);
  const scope = cursorScope('webhook deliveries', shopId, endpointId, page.state);
  const [before] = page.after ? decodeCursor(scope, page.after, isKey) : [null];
  const rows = await db.inShop(shopId, async (tx) => {
    await requireEndpoint(tx, shopId, endpointId);
    return pageDeliveries(tx, { shopId, endpointId, state: page.state, before, limit: first + 1 });
  });
  const edges = rows.map((row) => ({ cursor: encodeCursor(scope, [row.number]), node: toDelivery(row) }));
  return toConnection(edges, first, page.after);
}

/** Sends it now, with the same id and body, also what has arrived before. Throws NotFoundError and InvalidInputError. */
export async function sendAgain({ db, shopId }: Parts, id: string): Promise<DeliveryRow> {
  return db.inShop(shopId, async (tx) => {
    const delivery = isUuid(id) ? await findDelivery(tx, shopId, id) : null;
    if (!delivery) throw noSuchDelivery();
    refuseDisabled(await requireEndpoint(tx, shopId, delivery.endpointId));
    await resetDelivery(tx, shopId, id);
    await hurryEndpoint(tx, shopId, delivery.endpointId);
    const now = await findDelivery(tx, shopId, id);
    // Its endpoint was removed in between.
    if (!now) throw noSuchDelivery();
    return now;
  });
}

/** A delivery that tells nothing, tried once. Throws NotFoundError and InvalidInputError. */
export async function sendTest({ db, shopId }: Parts, endpointId: string): Promise<DeliveryRow> {
  return db.inShop(shopId, async (tx) => {
    refuseDisabled(await requireEndpoint(tx, shopId, endpointId));
    const body = bodyOf(TEST_TYPE, new Date(), { endpointId });
    const delivery = await insertTest(tx, { shopId, endpointId, type: TEST_TYPE, body });
    await hurryEndpoint(tx, shopId, endpointId);
    return delivery;
  });
}

const noSuchDelivery = () => new NotFoundError('There is no such delivery.');

function refuseDisabled({ disabledAt }: EndpointRow): void {
  if (disabledAt === null) return;
  throw new InvalidInputError('This webhook endpoint is switched off. Switch it on first.', {
    code: 'WEBHOOK_DISABLED',
  });
}

function isKey(key: readonly unknown[]): key is readonly [number] {
  return key.length === 1 && Number.isSafeInteger(key[0]);
}
