import type { Queryable } from '../../db/database.ts';

/** Rows of a shop's version. More are added up. */
const MOST_ROWS = 100;
/** The row of what was added up: no connection has this number. */
const FOLDED = 0;

/** Shops whose version has many rows. Runs as the owner. */
export async function listShopsToFold(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ shopId: string }>(
    `select shop_id as "shopId" from catalogue_versions group by shop_id having count(*) > ${MOST_ROWS}`,
  );
  return rows.map(({ shopId }) => shopId);
}

/** Adds a shop's rows up into one. Those of transactions under way stay as they are, and nobody waits for each other. */
export async function foldRows(db: Queryable, shopId: string): Promise<void> {
  const { rows: free } = await db.query<{ backend: number }>(
    `select backend from catalogue_versions where shop_id = $1 and backend <> ${FOLDED} for update skip locked`,
    [shopId],
  );
  const { rows } = await db.query<{ version: string }>(
    'delete from catalogue_versions where shop_id = $1 and backend = any($2::integer[]) returning version',
    [shopId, free.map(({ backend }) => backend)],
  );
  const sum = rows.reduce((total, { version }) => total + BigInt(version), 0n);
  await db.query(
    `insert into catalogue_versions as v (shop_id, backend, version) values ($1, ${FOLDED}, $2)
     on conflict (shop_id, backend) do update set version = v.version + excluded.version`,
    [shopId, String(sum)],
  );
}
