import type { Queryable, ShopQueryable } from '../db/database.ts';

/** A shopper's photo; width and height in pixels of the stored image. */
export interface PhotoRow {
  readonly id: string;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const COLUMNS = 'id, sha256, width, height, created_at as "createdAt", expires_at as "expiresAt"';

export async function insertPhoto(
  db: Queryable,
  photo: {
    shopId: string;
    sha256: string;
    width: number;
    height: number;
    ttlHours: number;
    /** The name of the store that has its file; any if it is not given. */
    storedIn?: string;
    /** SHA-256 of its uploader's token. Without one, only the shop's staff may change the photo. */
    ownerHash?: Buffer;
  },
): Promise<PhotoRow> {
  const { rows } = await db.query<PhotoRow>(
    `insert into photos (shop_id, sha256, width, height, expires_at, owner_hash, stored_in)
     values ($1, $2, $3, $4, now() + make_interval(secs => $5::float8 * 3600), $6, $7) returning ${COLUMNS}`,
    [
      ...[photo.shopId, photo.sha256, photo.width, photo.height, photo.ttlHours],
      ...[photo.ownerHash ?? null, photo.storedIn ?? null],
    ],
  );
  return rows[0]!;
}

/** Those that exist and have not expired. */
export async function listPhotos(db: ShopQueryable, ids: readonly string[]): Promise<PhotoRow[]> {
  const { rows } = await db.query<PhotoRow>(
    `select ${COLUMNS} from photos where shop_id = $1 and id = any($2::uuid[]) and expires_at > now()`,
    [db.shopId, ids],
  );
  return rows;
}

/** Null if the photo does not exist or has expired. */
export async function findPhoto(db: ShopQueryable, id: string): Promise<PhotoRow | null> {
  return (await listPhotos(db, [id]))[0] ?? null;
}

/** Whether this is the hash of the token given to the photo's uploader. */
export async function isOwnerHash(db: ShopQueryable, id: string, hash: Buffer): Promise<boolean> {
  const { rows } = await db.query('select 1 from photos where shop_id = $1 and id = $2 and owner_hash = $3', [
    db.shopId,
    id,
    hash,
  ]);
  return rows.length === 1;
}

/** Locks a photo until the end of the transaction; false if it does not exist or has expired. */
export async function lockPhoto(db: ShopQueryable, id: string): Promise<boolean> {
  const { rows } = await db.query(
    'select 1 from photos where shop_id = $1 and id = $2 and expires_at > now() for update',
    [db.shopId, id],
  );
  return rows.length === 1;
}

/** Expires a photo now; `sweepPhotos` removes the rest. False if there was none. */
export async function expirePhoto(db: ShopQueryable, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'update photos set expires_at = now() where shop_id = $1 and id = $2 and expires_at > now()',
    [db.shopId, id],
  );
  return rowCount === 1;
}

export interface ExpiredPhoto {
  readonly shopId: string;
  readonly id: string;
  readonly sha256: string;
  /** Postgres text, to the microsecond. */
  readonly expiredAt: string;
}

/**
 * From all shops, longest expired first, those behind `after`. A server deletes the files of its own store alone, so the photos of others are
 * left to them; for a day, then theirs is taken to be gone.
 */
export async function listExpiredPhotos(
  db: Queryable,
  {
    limit,
    store,
    after,
  }: { limit: number; store: string; after?: Pick<ExpiredPhoto, 'expiredAt' | 'id'> | undefined },
): Promise<ExpiredPhoto[]> {
  const { rows } = await db.query<ExpiredPhoto>(
    `select shop_id as "shopId", id, sha256, expires_at::text as "expiredAt" from photos
     where expires_at <= now() and ($3::timestamptz is null or (expires_at, id) > ($3::timestamptz, $4::uuid))
       and (coalesce(stored_in, $2) = $2 or expires_at <= now() - interval '1 day')
     order by expires_at, id limit $1`,
    [limit, store, after?.expiredAt ?? null, after?.id ?? null],
  );
  return rows;
}

/** With its garments. */
export async function removePhotos(db: Queryable, ids: readonly string[]): Promise<void> {
  await db.query('delete from photos where id = any($1::uuid[]) and expires_at <= now()', [ids]);
}
