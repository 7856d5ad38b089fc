import type { Queryable } from '../db/database.ts';

/** The photos' files have come into another store, which deletes them from now on. */
export async function forgetStores(tx: Queryable): Promise<void> {
  await tx.query('update photos set stored_in = null where stored_in is not null');
}

export interface Restored {
  readonly shops: number;
  readonly items: number;
}

export async function countRestored(tx: Queryable): Promise<Restored> {
  const { rows } = await tx.query<Restored>(
    'select (select count(*)::int from shops) as shops, (select count(*)::int from items) as items',
  );
  return rows[0]!;
}
