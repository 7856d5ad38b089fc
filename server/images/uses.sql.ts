import type { Queryable } from '../db/database.ts';

/** Who uses an image: an item, also one whose deletion can be undone, or a photo that has not expired. */
export interface ImageUses {
  readonly byItem: boolean;
  readonly byPhoto: boolean;
}

/** In all shops, since they share the store. Runs as the owner. */
export async function findImageUses(db: Queryable, sha256: string): Promise<ImageUses> {
  const { rows } = await db.query<ImageUses>(
    `select exists (select 1 from item_images where sha256 = $1)
         or exists (select 1 from deleted_items where images @> array[$1::text]) as "byItem",
       exists (select 1 from photos where sha256 = $1 and expires_at > now()) as "byPhoto"`,
    [sha256],
  );
  return rows[0]!;
}

export async function findShopImageUses(
  db: Queryable,
  { shopId, sha256 }: { shopId: string; sha256: string },
): Promise<ImageUses> {
  const { rows } = await db.query<ImageUses>(
    `select exists (select 1 from item_images where shop_id = $1 and sha256 = $2) as "byItem",
       exists (select 1 from photos where shop_id = $1 and sha256 = $2 and expires_at > now()) as "byPhoto"`,
    [shopId, sha256],
  );
  return rows[0]!;
}

/** Those of these images that no item and no photo has. In all shops, since they share the store. Runs as the owner. */
export async function findUnusedImages(db: Queryable, sha256s: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ sha256: string }>(
    `select sha256 from item_images where sha256 = any($1::text[])
     union select sha256 from photos where sha256 = any($1::text[])
     union select unnest(images) from deleted_items where images && $1::text[]`,
    [sha256s],
  );
  const used = new Set(rows.map(({ sha256 }) => sha256));
  return sha256s.filter((sha256) => !used.has(sha256));
}
