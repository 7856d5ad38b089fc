import { timingSafeEqual } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { ForbiddenError, UnauthenticatedError } from '../errors/errors.ts';
import { clientOf } from './client.ts';
import { hostOf, isListed } from './domains.ts';
import { type FoundKey, findKeyByHash, touchKey } from './keys.sql.ts';
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
  const found = await findKey(db, hash, address);
  if (!found) throw new UnauthenticatedError();
  return viewerOfKey(found, sent, defaultShopId);
}

/**
 * The viewer of a request whose key stands in its address, where only a widget's may: it is public anyway. `find` looks
 * the key up. Throws as `authenticate` does.
 */
export async function authenticateByAddress(
  rules: AccessRules,
  key: string,
  sent: Omit<Credentials, 'authorization'>,
  find: (key: string, client: string) => Promise<FoundKey | null>,
): Promise<Viewer> {
  const found = await find(key, clientOf(sent.address));
  if (!found) throw new UnauthenticatedError();
  if (found.role !== 'widget') {
    throw new UnauthenticatedError(
      "Only a widget's key may stand in an address. Revoke this one: it may be known now.",
    );
  }
  return viewerOfKey(found, sent, rules.defaultShopId);
}

/**
 * The key of this SHA-256 if it is in force. Records that it was used. A key that was in force before has its turns at the
 * database for itself, and others share those of their client's address: whoever tries many keys waits for themselves.
 */
export async function findKey(db: Database, hash: Buffer, client: string): Promise<FoundKey | null> {
  const known = shopsOfKeys.get(db.pool) ?? new Map<string, string>();
  shopsOfKeys.set(db.pool, known);
  const name = hash.toString('base64');
  const keys = db.as(known.has(name) ? `key ${name}` : `keys of ${client}`);
  const row = await keys.askAsOwner((asked) => findKeyByHash(asked, hash, known.get(name)));
  if (row === null) return null;
  if (!row.isFresh) await keys.asOwner((tx) => touchKey(tx, row));
  if (known.size >= KNOWN_KEYS) known.clear();
  known.set(name, row.shopId);
  return row;
}

const KNOWN_KEYS = 10_000;
/** A key stays with its shop, and a distributed database finds one by its shop on one node. */
const shopsOfKeys = new WeakMap<Database['pool'], Map<string, string>>();

function viewerOfKey(
  { id, role, shopId, domains, holdOut }: FoundKey,
  { origin, referer, address }: Omit<Credentials, 'authorization'>,
  defaultShopId: string,
): Viewer {
  if (role !== 'widget') {
    return { role, shopId, client: id, holdOut, isOperator: role === 'admin' && shopId === defaultShopId };
  }
  const host = hostOf(origin, referer);
  if (host === null || !isListed(domains, host)) {
    throw new ForbiddenError(`This key is not valid for ${host ?? 'requests that do not come from a page'}.`);
  }
  return { role, shopId, client: `${id} ${clientOf(address)}`, keyId: id, holdOut };
}
