import { createHash } from 'node:crypto';
import { readSecret } from '../db/secrets.sql.ts';
import type { ImageServices } from './context.ts';

/** The note of it. */
export const OWNER_KEY = 'owner';
/** In a data folder that was once used without PostgreSQL. */
const EMBEDDED = 'pg/PG_VERSION';

/**
 * Whether the store's files are those of this database, so that what no row names can go. The first database to ask is
 * noted in the store. A folder whose embedded database was left for PostgreSQL has files of both.
 */
export async function ownsStore({ db, store }: Pick<ImageServices, 'db' | 'store'>): Promise<boolean> {
  if (db.kind === 'server' && (await store.stat(EMBEDDED))) return false;
  const secret = await db.asOwner((tx) => readSecret(tx, 'links'));
  const own = createHash('sha256').update('owner').update(secret).digest('hex');
  const noted = await store.read(OWNER_KEY);
  if (!noted) await store.put(OWNER_KEY, Buffer.from(own));
  return !noted || noted.toString() === own;
}
