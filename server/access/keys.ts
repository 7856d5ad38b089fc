import { createHash, randomBytes } from 'node:crypto';
import { type Database, isUuid, type Queryable } from '../db/database.ts';
import { InvalidInputError, NotFoundError } from '../errors/errors.ts';
import { nameText } from '../vocabulary/visible.ts';
import { checkDomains } from './domains.ts';
import {
  countKeys,
  insertFirstKey,
  insertKey,
  type KeyRoleName,
  type KeyRow,
  lockAdminKeys,
  markRevoked,
  updateHoldOut,
} from './keys.sql.ts';

/** Most active keys of a shop. */
/** So many keys are listed, revoked ones included. */
export const MAX_LISTED = 500;
const MAX_KEYS = 200;
const MAX_LABEL = 100;
/** So that most visitors still see what the shop pays for. */
const MAX_HOLD_OUT = 0.5;
/** What a binary fraction may lack. */
const ROUNDING = 1e-9;

/**
 * A new key: 256 random bits, of which only the hash is kept. Widgets' keys have a prefix of their own, because they
 * are public.
 */
export function makeKey(role: KeyRoleName = 'admin'): string {
  return `${role === 'widget' ? 'armw' : 'arm'}_${randomBytes(32).toString('base64url')}`;
}

/** SHA-256 is enough for a secret that cannot be guessed; slow hashes are for passwords. */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** The hint lets the owner tell keys apart. */
function kept(key: string): { hash: Buffer; hint: string } {
  return { hash: hashKey(key), hint: `${key.slice(0, 9)}…` };
}

/**
 * Creates the admin key of a shop that has no key yet; null if it has one. `show` is called before the key is saved: if
 * the process dies between the two, the shown key is useless and the next start creates another.
 */
export async function makeFirstKey(
  db: Database,
  shopId: string,
  show: (key: string) => void = () => undefined,
): Promise<string | null> {
  const { key, row } = firstKey(shopId);
  return db.asOwner(async (tx) => {
    if (!(await insertFirstKey(tx, row))) return null;
    show(key);
    return key;
  });
}

/** Adds the first admin key of a shop that was made in this transaction, which has none yet. Runs as the owner. */
export async function addFirstKey(tx: Queryable, shopId: string): Promise<string> {
  const { key, row } = firstKey(shopId);
  await insertKey(tx, row);
  return key;
}

function firstKey(shopId: string) {
  const key = makeKey();
  return {
    key,
    row: { shopId, role: 'admin', ...kept(key), label: 'The first key', domains: [] },
  } as const;
}

/** Creates a key of the shop, which may have `most`. This is the only time the key itself is returned. Throws InvalidInputError. */
export async function createKey(
  db: Database,
  shopId: string,
  wanted: { role: KeyRoleName; label: string; domains?: readonly string[] | null | undefined },
  most = MAX_KEYS,
): Promise<{ key: string; row: KeyRow }> {
  const label = nameText(wanted.label);
  if (label.length < 1 || label.length > MAX_LABEL) {
    throw new InvalidInputError(`label must have 1 to ${MAX_LABEL} characters.`, { field: 'label' });
  }
  if (wanted.role !== 'widget' && wanted.domains?.length) {
    throw new InvalidInputError('Only a widget key can be limited to hosts.', { field: 'domains' });
  }
  const domains = wanted.role === 'widget' ? checkDomains(wanted.domains ?? []) : [];
  const key = makeKey(wanted.role);
  const row = await db.inShop(shopId, async (tx) => {
    if ((await countKeys(tx, shopId)) >= most) {
      throw new InvalidInputError(`A shop has at most ${most} keys in force. Revoke one first.`);
    }
    return insertKey(tx, { shopId, role: wanted.role, ...kept(key), label, domains });
  });
  return { key, row };
}

/** Throws NotFoundError, and InvalidInputError for the last active admin key. */
export async function revokeKey(db: Database, shopId: string, id: string): Promise<KeyRow> {
  const revoked = await db.inShop(shopId, async (tx) => {
    const admins = await lockAdminKeys(tx, shopId);
    if (admins.length === 1 && admins[0] === id.toLowerCase()) {
      throw new InvalidInputError("This is the shop's only admin key: make another one first.", {
        code: 'LAST_ADMIN_KEY',
        field: 'id',
      });
    }
    return isUuid(id) ? markRevoked(tx, { shopId, id }) : null;
  });
  if (!revoked) throw new NotFoundError('There is no such key.');
  return revoked;
}

/** Throws NotFoundError, and InvalidInputError for a share that is not from 0 to a half. */
export async function setHoldOut(
  db: Database,
  shopId: string,
  { id, share }: { id: string; share: number },
): Promise<KeyRow> {
  if (!(share >= 0 && share <= MAX_HOLD_OUT)) {
    throw new InvalidInputError(`share must be from 0 to ${MAX_HOLD_OUT}.`, { field: 'share' });
  }
  // In steps of a thousandth, so that the database's single precision gives back what was set.
  const holdOut = Math.round(share * 1000) / 1000;
  if (Math.abs(share - holdOut) > ROUNDING) {
    throw new InvalidInputError('share must be in steps of 0.001.', { field: 'share' });
  }
  const row = isUuid(id) ? await db.inShop(shopId, (tx) => updateHoldOut(tx, { shopId, id, holdOut })) : null;
  if (!row) throw new NotFoundError('There is no such key.');
  return row;
}
