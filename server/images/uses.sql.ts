import type { Queryable } from '../db/database.ts';

/** Who uses an image, over all shops: an item, or a photo that has not expired. */
export interface ImageUses {
  readonly byItem: boolean;
  readonly byPhoto: boolean;
}

export async function findImageUses(db: Queryable, sha256: string): Promise<ImageUses> {
  const { rows } = await db.query<ImageUses>(
    `select exists (select from item_images where sha256 = $1) as "byItem",
       exists (select from photos where sha256 = $1 and expires_at > now()) as "byPhoto"`,
    [sha256],
  );
  return rows[0]!;
}
