interface Answering {
  query<Row extends object>(text: string): Promise<{ rows: Row[] }>;
}

/** Whether the database has the extension. */
export async function isCitusLoaded(db: Answering): Promise<boolean> {
  const { rows } = await db.query<{ loaded: boolean }>(
    `select exists (select from pg_extension where extname = 'citus') as loaded`,
  );
  return rows[0]!.loaded;
}

/** Whether this version's functions run where a shop is. After an upgrade those of a version before may be all that do. */
export async function areOnShards(db: Answering): Promise<boolean> {
  const { rows } = await db.query<{ are: boolean }>(
    `select exists (select from pg_dist_object o join pg_proc f on o.classid = 'pg_proc'::regclass and f.oid = o.objid
       where f.proname = 'search_in_shop' and o.distribution_argument_index is not null) as are`,
  );
  return rows[0]!.are;
}
