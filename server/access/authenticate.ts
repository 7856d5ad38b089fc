import { timingSafeEqual } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { Database } from '../db/database.ts';
import { UnauthenticatedError } from '../errors.ts';
import { findKeyByHash } from './keys.sql.ts';
import { hashKey } from './keys.ts';
import type { Viewer } from './viewer.ts';

export interface AccessRules {
  readonly db: Database;
  /** Where those without a key are. */
  readonly defaultShopId: string;
  /** Of server.json: whoever can read that file is this machine's owner. */
  readonly controlToken: string;
}

/** Who sent the request: by `Authorization: Bearer KEY`, or anonymous. Throws UnauthenticatedError for a bad key. */
export async function authenticate(
  rules: AccessRules,
  header: string | undefined,
  address: string | undefined,
): Promise<Viewer> {
  const anonymous: Viewer = {
    role: 'anonymous',
    shopId: rules.defaultShopId,
    client: clientOf(address),
  };
  if (header === undefined) return anonymous;
  const key = /^Bearer +([\w-]{20,100})$/i.exec(header)?.[1];
  if (!key) throw new UnauthenticatedError('The Authorization header must read "Bearer KEY".');
  const hash = hashKey(key);
  if (timingSafeEqual(hash, hashKey(rules.controlToken))) {
    return { role: 'admin', shopId: rules.defaultShopId, client: 'control' };
  }
  const found = await rules.db.asOwner((tx) => findKeyByHash(tx, hash));
  if (!found) throw new UnauthenticatedError();
  return { role: found.role, shopId: found.shopId, client: found.id };
}

/** One client's name for its limits. An IPv6 client has a whole /64 to itself, so that counts as one. */
export function clientOf(address: string | undefined): string {
  if (!address || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
