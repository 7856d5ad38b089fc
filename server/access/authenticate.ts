import { timingSafeEqual } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { Database } from '../db/database.ts';
import { ForbiddenError, UnauthenticatedError } from '../errors/errors.ts';
import { hostOf, isListed } from './domains.ts';
import { findKeyByHash, touchKey } from './keys.sql.ts';
import { hashKey } from './keys.ts';
import type { Viewer } from './viewer.ts';

export interface AccessRules {
  readonly db: Database;
  /** The shop of requests without a key. */
  readonly defaultShopId: string;
  /** The token in server.json, a file that only the owner of this machine can read. */
  readonly controlToken: string;
}

/** The request headers that identify its sender. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly origin?: string | undefined;
  readonly referer?: string | undefined;
  readonly address: string | undefined;
}

/**
 * The viewer of a request: from `Authorization: Bearer KEY`, or anonymous. Throws UnauthenticatedError for a bad key,
 * and ForbiddenError for a widget's key used on a site it does not list.
 */
export async function authenticate(rules: AccessRules, sent: Credentials): Promise<Viewer> {
  const { db, defaultShopId } = rules;
  const address = clientOf(sent.address);
  if (sent.authorization === undefined) return { role: 'anonymous', shopId: defaultShopId, client: address };
  const key = /^Bearer +([\w-]{20,100})$/i.exec(sent.authorization)?.[1];
  if (!key) throw new UnauthenticatedError('The Authorization header must read "Bearer KEY".');
  const hash = hashKey(key);
  if (timingSafeEqual(hash, hashKey(rules.controlToken))) {
    return { role: 'admin', shopId: defaultShopId, client: 'control', isOperator: true, isMachine: true };
  }
  const found = await db.as('keys').asOwner(async (tx) => {
    const row = await findKeyByHash(tx, hash);
    if (row && !row.isFresh) await touchKey(tx, row);
    return row;
  });
  if (!found) throw new UnauthenticatedError();
  const { id, role, shopId, domains, holdOut } = found;
  if (role !== 'widget') {
    return { role, shopId, client: id, holdOut, isOperator: role === 'admin' && shopId === defaultShopId };
  }
  const host = hostOf(sent.origin, sent.referer);
  if (host === null || !isListed(domains, host)) {
    throw new ForbiddenError(`This key is not valid for ${host ?? 'requests that do not come from a page'}.`);
  }
  return { role, shopId, client: `${id} ${address}`, keyId: id, holdOut };
}

/** The name under which a client is rate-limited. An IPv6 client has a whole /64, so the /64 counts as one. */
export function clientOf(address: string | undefined): string {
  if (!address || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
