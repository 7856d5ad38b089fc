import { checkAddress, FetchError } from '../catalogue/fetch/fetcher.ts';
import { LIMITS } from '../catalogue/limits.ts';
import { isUuid, type Queryable } from '../db/database.ts';
import { InvalidInputError, NotFoundError } from '../errors/errors.ts';
import type { EventType } from '../outbox/events.ts';
import { nameText } from '../vocabulary/visible.ts';
import type { WebhookContext } from './context.ts';
import { lockEndpoint } from './deliver.sql.ts';
import {
  countEndpoints,
  deleteEndpoint,
  disableEndpoint,
  type EndpointRow,
  type EndpointValues,
  enableEndpoint,
  findEndpoint,
  insertEndpoint,
  updateEndpoint,
} from './endpoints.sql.ts';
import { insertSecret, retireSecrets } from './secrets.sql.ts';
import { makeSecret, textOf } from './sign.ts';

/** Of a shop. */
export const MAX_ENDPOINTS = 10;
const MAX_LABEL = 100;
/** For how long a secret that another takes the place of may stay good. */
const MAX_OVERLAP_HOURS = 168;

type Parts = Pick<WebhookContext, 'config' | 'db' | 'shopId'>;

export interface WantedEndpoint {
  readonly url: string;
  readonly label?: string | null | undefined;
  readonly events: readonly EventType[];
}

/** The secret is returned this once. Throws InvalidInputError. */
export async function createEndpoint(
  { config, db, shopId }: Parts,
  wanted: WantedEndpoint,
): Promise<{ secret: string; endpoint: EndpointRow }> {
  const values = checkEndpoint(wanted, config.fetchAllowHosts);
  const secret = makeSecret();
  const endpoint = await db.inShop(shopId, async (tx) => {
    if ((await countEndpoints(tx, shopId)) >= MAX_ENDPOINTS) {
      throw new InvalidInputError(
        `A shop has at most ${MAX_ENDPOINTS} webhook endpoints. Remove one first.`,
        {
          code: 'TOO_MANY_WEBHOOKS',
        },
      );
    }
    const id = await insertEndpoint(tx, shopId, values);
    await insertSecret(tx, shopId, id, secret);
    return (await findEndpoint(tx, shopId, id))!;
  });
  return { secret: textOf(secret), endpoint };
}

/** Throws NotFoundError and InvalidInputError. */
export function changeEndpoint(
  { config, db, shopId }: Parts,
  id: string,
  wanted: WantedEndpoint,
): Promise<EndpointRow> {
  const values = checkEndpoint(wanted, config.fetchAllowHosts);
  return changed(db, shopId, id, (tx) => updateEndpoint(tx, shopId, id, values));
}

/** Throws NotFoundError. */
export function switchEndpoint({ db, shopId }: Parts, id: string, on: boolean): Promise<EndpointRow> {
  return changed(db, shopId, id, (tx) =>
    on ? enableEndpoint(tx, shopId, id) : disableEndpoint(tx, shopId, id, 'by_hand'),
  );
}

/** A new secret, returned this once; the one before it stays good for so many hours. Throws NotFoundError and InvalidInputError. */
export async function rotateSecret(
  { db, shopId }: Parts,
  id: string,
  hours: number,
): Promise<{ secret: string; endpoint: EndpointRow }> {
  if (!Number.isInteger(hours) || hours < 0 || hours > MAX_OVERLAP_HOURS) {
    throw new InvalidInputError(`keepHours must be from 0 to ${MAX_OVERLAP_HOURS}.`, { field: 'keepHours' });
  }
  const secret = makeSecret();
  const endpoint = await changed(db, shopId, id, async (tx) => {
    // Of two at once, one makes its secret after the other: both would stay good.
    if (!(await lockEndpoint(tx, { shopId, endpointId: id }))) return false;
    await retireSecrets(tx, shopId, id, hours);
    await insertSecret(tx, shopId, id, secret);
    return true;
  });
  return { secret: textOf(secret), endpoint };
}

/** Throws NotFoundError. */
export async function removeEndpoint({ db, shopId }: Parts, id: string): Promise<void> {
  if (isUuid(id) && (await db.inShop(shopId, (tx) => deleteEndpoint(tx, shopId, id)))) return;
  throw unknown();
}

/** Throws NotFoundError. */
export async function requireEndpoint(tx: Queryable, shopId: string, id: string): Promise<EndpointRow> {
  const endpoint = isUuid(id) ? await findEndpoint(tx, shopId, id) : null;
  if (!endpoint) throw unknown();
  return endpoint;
}

async function changed(
  db: Parts['db'],
  shopId: string,
  id: string,
  change: (tx: Queryable) => Promise<boolean>,
): Promise<EndpointRow> {
  if (!isUuid(id)) throw unknown();
  return db.inShop(shopId, async (tx) => {
    if (!(await change(tx))) throw unknown();
    return (await findEndpoint(tx, shopId, id))!;
  });
}

function unknown(): NotFoundError {
  return new NotFoundError('There is no such webhook endpoint.');
}

function checkEndpoint(
  { url, label, events }: WantedEndpoint,
  allowHosts: readonly string[],
): EndpointValues {
  const name = nameText(label ?? '');
  if (name.length > MAX_LABEL) {
    throw new InvalidInputError(`label may have at most ${MAX_LABEL} characters.`, { field: 'label' });
  }
  const wanted = [...new Set(events)];
  if (wanted.length === 0) {
    throw new InvalidInputError('events must name at least one event.', { field: 'events' });
  }
  return { url: checkUrl(url, allowHosts), label: name, events: wanted };
}

function checkUrl(given: string, allowHosts: readonly string[]): string {
  const text = given.trim();
  const url = text.length <= LIMITS.linkLength && URL.canParse(text) ? new URL(text) : null;
  const isAllowed = url !== null && [url.host, url.hostname].some((host) => allowHosts.includes(host));
  // The fetcher takes both usual ports, of which one is no place for https.
  const isUsual = url?.protocol === 'https:' && url.port !== '80';
  if (!url || !(isUsual || (isAllowed && /^https?:$/.test(url.protocol)))) {
    throw new InvalidInputError(
      `Give the whole address of your receiver, beginning with https://, of at most ${LIMITS.linkLength} characters.`,
      { field: 'url' },
    );
  }
  url.hash = '';
  try {
    checkAddress(url.href, allowHosts);
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    throw new InvalidInputError(error.message, { code: 'FETCH_REFUSED', field: 'url' });
  }
  return url.href;
}
