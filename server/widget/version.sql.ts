import type { Queryable } from '../db/database.ts';

/** A number that grows with every change of what shoppers see of the shop: see migrations/0031_catalogue_version.sql. */
export async function readCatalogueVersion(db: Queryable, shopId: string): Promise<string> {
  const { rows } = await db.query<{ version: string }>(
    'select coalesce(sum(version), 0)::text as version from catalogue_versions where shop_id = $1',
    [shopId],
  );
  return rows[0]!.version;
}
