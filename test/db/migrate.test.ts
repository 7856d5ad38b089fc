import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listMigrations, migrate } from '../../server/db/migrate.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

const applied = async () => {
  const { rows } = await db.asOwner((tx) =>
    tx.query<{ name: string }>('select name from migrations order by name'),
  );
  return rows.map(({ name }) => `${name}.sql`);
};

describe('migrations', () => {
  it('that were merged after a later number are applied as well', async () => {
    await db.asOwner(async (tx) => {
      await tx.query(`delete from migrations where name = '0017_age_group_filter'`);
      await tx.query('alter table items drop column age_group_key');
    });
    await migrate(db.pool, db.kind);
    expect(await applied()).toEqual(await listMigrations());
    await expect(
      db.asOwner((tx) => tx.query('select age_group_key from items limit 1')),
    ).resolves.toMatchObject({ rows: [] });
  });

  it('are applied once', async () => {
    await migrate(db.pool, db.kind);
    expect(await applied()).toEqual(await listMigrations());
  });
});
