import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listMigrations, migrate } from '../../server/db/migrate.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { makeShop } from '../helpers/factories.ts';

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

const undo0017 = () =>
  db.asOwner(async (tx) => {
    await tx.query(`delete from migrations where name = '0017_age_group_filter'`);
    await tx.query('alter table items drop column age_group_key');
  });

describe('migrations', () => {
  it('that were merged after a later number are applied as well', async () => {
    await undo0017();
    await migrate(db.pool, db.kind);
    expect(await applied()).toEqual(await listMigrations());
    await expect(
      db.asOwner((tx) => tx.query('select age_group_key from items limit 1')),
    ).resolves.toMatchObject({ rows: [] });
  });

  it('number the imports that are there in the order in which they came, and what they listed', async () => {
    const shopId = await makeShop(db);
    const ids = ['cc', 'aa', 'bb'].map((pair) => `${pair.repeat(4)}-0000-4000-8000-000000000000`);
    await db.asOwner(async (tx) => {
      await tx.query(`delete from migrations where name = '0025_job_order'`);
      await tx.query('drop index import_jobs_running');
      await tx.query('alter table import_jobs drop column number');
      await tx.query('alter table items drop column first_job, drop column last_job');
      for (const [age, id] of ids.entries()) {
        await tx.query(
          `insert into import_jobs (shop_id, id, name, created_at) values ($1, $2, 'feed', now() - $3 * interval '1 hour')`,
          [shopId, id, age],
        );
        await tx.query(`insert into import_items (shop_id, job_id, item_id) values ($1, $2, 'listed')`, [
          shopId,
          id,
        ]);
      }
      await tx.query(
        `insert into items (shop_id, id, title, content_hash) values ($1, 'listed', 'Skirt', ''), ($1, 'other', 'Skirt', '')`,
        [shopId],
      );
    });
    await migrate(db.pool, db.kind);
    await db.asOwner((tx) =>
      tx.query(`insert into import_jobs (shop_id, name) values ($1, 'next')`, [shopId]),
    );
    const { rows } = await db.asOwner((tx) =>
      tx.query('select id, number::int from import_jobs order by number'),
    );
    expect(rows).toMatchObject([...ids.toReversed().map((id, i) => ({ id, number: i + 1 })), { number: 4 }]);
    const items = await db.asOwner((tx) =>
      tx.query('select id, first_job::int, last_job::int from items order by id'),
    );
    expect(items.rows).toEqual([
      { id: 'listed', first_job: 1, last_job: 3 },
      { id: 'other', first_job: 0, last_job: 0 },
    ]);
  });

  it.skipIf(process.env.TEST_ENGINE === 'embedded')(
    'wait for whoever reads a table, let others read it meanwhile, and give up in words',
    async () => {
      await undo0017();
      const reader = await db.pool.connect();
      await reader.query('begin');
      await reader.query('select 1 from items');
      const waits = { lockTimeoutMs: 100, pauseMs: 100, mostTries: 3 };
      const migrating = migrate(db.pool, db.kind, waits).catch((error: Error) => error.message);
      await expect(db.asOwner((tx) => tx.query('select 1 from items'))).resolves.toBeDefined();
      expect(await migrating).toContain('a long transaction');
      const later = migrate(db.pool, db.kind, { ...waits, mostTries: 1000 });
      await reader.query('rollback');
      reader.release();
      await later;
      expect(await applied()).toEqual(await listMigrations());
    },
  );

  it('are applied once', async () => {
    await migrate(db.pool, db.kind);
    expect(await applied()).toEqual(await listMigrations());
  });
});
