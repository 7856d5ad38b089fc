import type { Queryable } from './database.ts';

/** A secret of this installation, created by a migration. Runs as the owner. */
export async function readSecret(db: Queryable, name: 'links'): Promise<Buffer> {
  const { rows } = await db.query<{ value: Buffer }>('select value from secrets where name = $1', [name]);
  if (!rows[0]) throw new Error(`The database has lost its secret ${JSON.stringify(name)}.`);
  return rows[0].value;
}
