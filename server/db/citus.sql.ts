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
