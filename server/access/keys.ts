import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { insertFirstKey } from './keys.sql.ts';

/** A new key: 256 random bits. Only its hash is ever kept. */
export function makeKey(): string {
  return `arm_${randomBytes(32).toString('base64url')}`;
}

/** SHA-256 suffices where what is hashed cannot be guessed; a slow hash is for passwords. */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** The admin key of a shop that has no key yet, to be shown once; null where it has. */
export async function makeFirstKey(db: Database, shopId: string): Promise<string | null> {
  const key = makeKey();
  // The hint lets its owner tell keys apart.
  const row = { shopId, role: 'admin', hash: hashKey(key), hint: `${key.slice(0, 8)}…` } as const;
  return (await db.asOwner((tx) => insertFirstKey(tx, row))) ? key : null;
}
