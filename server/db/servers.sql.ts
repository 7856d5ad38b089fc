import type { Queryable } from './database.ts';

export interface OtherServer {
  readonly store: string;
}

/** Renews this server's row, and returns the others whose rows were renewed lately. Runs as the owner. */
export async function renewServer(
  db: Queryable,
  { id, store, model, freshSeconds }: { id: string; store: string; model: string; freshSeconds: number },
): Promise<OtherServer[]> {
  await db.query(
    `insert into servers (id, store, model) values ($1, $2, $3)
     on conflict (id) do update set seen_at = now(), store = $2, model = $3`,
    [id, store, model],
  );
  // Of servers that were killed.
  await db.query(`delete from servers where seen_at < now() - interval '1 hour'`);
  const { rows } = await db.query<OtherServer>(
    `select store from servers where id <> $1 and seen_at > now() - $2 * interval '1 second'`,
    [id, freshSeconds],
  );
  return rows;
}

/** Whether a server that uses this database has its files elsewhere. Runs as the owner. */
export async function isOtherStoreUsed(db: Queryable, store: string): Promise<boolean> {
  const { rows } = await db.query<{ used: boolean }>(
    `select exists (select from servers where store <> $1 and seen_at > now() - interval '1 minute') as used`,
    [store],
  );
  return rows[0]!.used;
}

/** The embedding models of running servers that embed with another than this one; null of a server of an older version. */
export async function listOtherModels(db: Queryable, model: string): Promise<(string | null)[]> {
  const { rows } = await db.query<{ model: string | null }>(
    `select distinct model from servers where model is distinct from $1 and seen_at > now() - interval '1 minute'`,
    [model],
  );
  return rows.map((row) => row.model);
}

export async function removeServer(db: Queryable, id: string): Promise<void> {
  await db.query('delete from servers where id = $1', [id]);
}
