import type { Queryable } from '../db/database.ts';

/** Forgets the servers that the backup was made beside, and their stores: the photos' files are in another one now. */
export async function forgetServers(tx: Queryable): Promise<void> {
  await tx.query('delete from servers');
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
