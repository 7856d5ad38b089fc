import type { Queryable } from '../db/database.ts';

export interface OutfitShop {
  /** Names of the shop's own slots, oldest first. */
  readonly ownSlots: readonly string[];
  readonly hasLooks: boolean;
}

/** What outfits need to know about their shop, beside what a search does. */
export async function findOutfitShop(db: Queryable, shopId: string): Promise<OutfitShop> {
  const { rows } = await db.query<OutfitShop>(
    `select array(select name from slots where shop_id = $1 order by created_at, name) as "ownSlots",
       exists (select from looks where shop_id = $1 and removed_at is null) as "hasLooks"`,
    [shopId],
  );
  return rows[0]!;
}
