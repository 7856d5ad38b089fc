import type { Queryable } from '../db/database.ts';
import type { RoleName } from './viewer.ts';

export type KeyRoleName = Exclude<RoleName, 'anonymous'>;

/** What the database knows about a request's key. */
export interface FoundKey {
  readonly id: string;
  readonly shopId: string;
  readonly role: KeyRoleName;
  readonly domains: readonly string[];
  readonly holdOut: number;
  /** Whether its use in this hour is already recorded. */
  readonly isFresh: boolean;
}

/** A key as its shop's admins see it, without the key itself. */
export interface KeyRow {
  readonly id: string;
  readonly role: KeyRoleName;
  readonly label: string;
  readonly hint: string;
  readonly domains: readonly string[];
  /** The share of its visitors who see no recommendations. */
  readonly holdOut: number;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewKeyRow {
  readonly shopId: string;
  readonly role: KeyRoleName;
  readonly hash: Buffer;
  readonly hint: string;
  readonly label: string;
  readonly domains: readonly string[];
}

const COLUMNS = `id, role, label, hint, domains, hold_out as "holdOut", created_at as "createdAt", last_used_at as "lastUsedAt",
  revoked_at as "revokedAt"`;

/** The key with this SHA-256, unless it is revoked: in this shop, or in any. */
export async function findKeyByHash(
  db: Queryable,
  hash: Buffer,
  shopId: string | undefined,
): Promise<FoundKey | null> {
  const { rows } = await db.query<FoundKey>(
    `select id, shop_id as "shopId", role, domains, hold_out as "holdOut",
       coalesce(last_used_at >= date_trunc('hour', now()), false) as "isFresh"
     from access_keys where hash = $1 and revoked_at is null ${shopId === undefined ? '' : 'and shop_id = $2'}`,
    shopId === undefined ? [hash] : [hash, shopId],
  );
  return rows[0] ?? null;
}

/** Records when a key was last used. Truncated to the hour, but never before the key was created. */
export async function touchKey(db: Queryable, key: { shopId: string; id: string }): Promise<void> {
  await db.query(
    `update access_keys set last_used_at = greatest(date_trunc('hour', now()), created_at) where shop_id = $1 and id = $2`,
    [key.shopId, key.id],
  );
}

/** Whether a widget's key of any shop lists one of these hosts. */
export async function isWidgetDomain(db: Queryable, patterns: readonly string[]): Promise<boolean> {
  const { rows } = await db.query<{ listed: boolean }>(
    `select exists (select 1 from access_keys where role = 'widget' and revoked_at is null
       and domains && $1::text[]) as listed`,
    [patterns],
  );
  return rows[0]!.listed;
}

/** Adds a shop's first key; false if the shop already has one. */
export async function insertFirstKey(db: Queryable, key: NewKeyRow): Promise<boolean> {
  // The lock lets only one of two servers that start at once create the first key.
  await db.query('select from shops where id = $1 for update', [key.shopId]);
  const { rows } = await db.query('select from access_keys where shop_id = $1 limit 1', [key.shopId]);
  if (rows.length > 0) return false;
  await insertKey(db, key);
  return true;
}

export async function insertKey(db: Queryable, key: NewKeyRow): Promise<KeyRow> {
  const { rows } = await db.query<KeyRow>(
    `insert into access_keys (shop_id, role, hash, hint, label, domains) values ($1, $2, $3, $4, $5, $6)
     returning ${COLUMNS}`,
    [key.shopId, key.role, key.hash, key.hint, key.label, key.domains],
  );
  return rows[0]!;
}

/** The shop's keys: active ones first, then revoked ones, each newest first. */
export async function listKeys(db: Queryable, shopId: string, limit: number): Promise<KeyRow[]> {
  const { rows } = await db.query<KeyRow>(
    `select ${COLUMNS} from access_keys where shop_id = $1
     order by revoked_at is not null, created_at desc, id limit $2`,
    [shopId, limit],
  );
  return rows;
}

export async function countKeys(db: Queryable, shopId: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*) as count from access_keys where shop_id = $1 and revoked_at is null',
    [shopId],
  );
  return rows[0]!.count;
}

/** The active admin keys. Locked, so that a concurrent revocation waits for this transaction. */
export async function lockAdminKeys(db: Queryable, shopId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from access_keys where shop_id = $1 and role = 'admin' and revoked_at is null
     order by id for update`,
    [shopId],
  );
  return rows.map(({ id }) => id);
}

/** Null if the shop has no such key. A key that was already revoked keeps its time of revocation. */
export async function markRevoked(
  db: Queryable,
  { shopId, id }: { shopId: string; id: string },
): Promise<KeyRow | null> {
  const { rows } = await db.query<KeyRow>(
    `update access_keys set revoked_at = least(revoked_at, now()) where shop_id = $1 and id = $2
     returning ${COLUMNS}`,
    [shopId, id],
  );
  return rows[0] ?? null;
}

/** Null if the shop has no such key. */
export async function updateHoldOut(
  db: Queryable,
  { shopId, id, holdOut }: { shopId: string; id: string; holdOut: number },
): Promise<KeyRow | null> {
  const { rows } = await db.query<KeyRow>(
    `update access_keys set hold_out = $3::real where shop_id = $1::uuid and id = $2::uuid returning ${COLUMNS}`,
    [shopId, id, holdOut],
  );
  return rows[0] ?? null;
}
