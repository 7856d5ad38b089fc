import type { Queryable } from '../../db/database.ts';

/** The group of each item that belongs to one. */
export async function listGroups(
  db: Queryable,
  shopId: string,
  itemIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; groupId: string }>(
    `select id, item_group_id as "groupId" from items
     where shop_id = $1 and id = any($2::text[]) and item_group_id is not null`,
    [shopId, itemIds],
  );
  return new Map(rows.map(({ id, groupId }) => [id, groupId]));
}
