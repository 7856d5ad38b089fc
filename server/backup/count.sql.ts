import type { Queryable } from '../db/database.ts';

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
