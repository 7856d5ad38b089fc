import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Queryable } from '../../server/db/database.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { makeShop } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { isDistributed } from '../helpers/servers.ts';
import { dumpShop, fillShop } from '../helpers/shop-contents.ts';

/** What stands underneath, whatever a statement forgets: read off the catalogs, so that a new table is tried too. */

let server: TestServer;
let shopId: string;
let tables: string[];

beforeAll(async () => {
  server = await makeTestServer();
  ({ shopId } = server);
  await fillShop(server, shopId, 'Shop');
  // What has been done so far is counted a moment later.
  await server.services.recorder.flush();
  const dump = await dumpShop(server.db, shopId);
  tables = Object.keys(dump).filter((name) => name !== 'pgboss.job');
  expect(tables.length).toBeGreaterThan(10);
});
afterAll(() => server?.close());

const asOwner = <Row extends object>(text: string, values?: readonly unknown[]) =>
  server.db.asOwner(async (tx) => (await tx.query<Row>(text, values)).rows);

/** A transaction under the limited role, with this setting for the shop; undefined leaves it unset. */
const limited = <T>(setting: string | undefined, work: (tx: Queryable) => Promise<T>) =>
  server.db.asOwner(async (tx) => {
    if (setting !== undefined) await tx.query(`select set_config('armoire.shop_id', $1, true)`, [setting]);
    await tx.query('set local role armoire_shop');
    return work(tx);
  });

describe('every table of the database', () => {
  it('belongs to shops, or is of the installation and closed to the limited role', async () => {
    const rows = await asOwner<{ name: string; rights: boolean }>(
      `select c.relname as name, has_table_privilege('armoire_shop', c.oid, 'select, insert, update, delete') as rights
       from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relispartition`,
    );
    const others = rows.filter(({ name }) => !tables.includes(name));
    expect(others.map(({ name }) => name).sort()).toEqual([
      'client_limits',
      'distribution_steps',
      'migrations',
      'secrets',
      'servers',
    ]);
    expect(others.filter(({ rights }) => rights)).toEqual([]);
  });

  it('of shops has row-level security, with a policy that names the shop for reading and for writing', async () => {
    const rows = await asOwner<{
      name: string;
      enabled: boolean;
      policies: number;
      read: string;
      write: string;
    }>(
      `select c.relname as name, c.relrowsecurity as enabled, count(p.polname)::int as policies,
         min(pg_get_expr(p.polqual, c.oid)) as read, min(coalesce(pg_get_expr(p.polwithcheck, c.oid), pg_get_expr(p.polqual, c.oid))) as write
       from pg_class c left join pg_policy p on p.polrelid = c.oid and p.polcmd = '*' and p.polpermissive
       where c.relnamespace = 'public'::regnamespace and c.relname = any($1) group by c.oid`,
      [tables],
    );
    expect(rows.map(({ name }) => name).sort()).toEqual([...tables].sort());
    for (const row of rows) {
      const condition = `(${row.name === 'shops' ? 'id' : 'shop_id'} = current_shop())`;
      expect(row).toEqual({ name: row.name, enabled: true, policies: 1, read: condition, write: condition });
    }
  });

  it('has no partition that the limited role may name', async () => {
    const rows = await asOwner<{ name: string }>(
      `select c.relname as name from pg_class c where c.relispartition and c.relkind in ('r', 'p')
         and c.relnamespace = 'public'::regnamespace
         and has_table_privilege('armoire_shop', c.oid, 'select, insert, update, delete, truncate')`,
    );
    expect(rows).toEqual([]);
  });

  it('of the queue is closed to the limited role', async () => {
    const rows = await asOwner<{ open: boolean }>(
      `select has_schema_privilege('armoire_shop', 'pgboss', 'usage') as open`,
    );
    expect(rows).toEqual([{ open: false }]);
  });
});

describe('the limited role', () => {
  it('owns nothing, is a member of nothing, cannot log in, and is held by row-level security', async () => {
    const rows = await asOwner(
      `select r.rolsuper, r.rolbypassrls, r.rolcanlogin, r.rolcreaterole, r.rolcreatedb,
         (select count(*)::int from pg_auth_members m where m.member = r.oid) as memberships,
         (select count(*)::int from pg_class c where c.relowner = r.oid) as owned,
         array(select p.proname::text from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace order by 1) as definers
       from pg_roles r where r.rolname = 'armoire_shop'`,
    );
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        // At the workers of a distributed database it has to.
        rolcanlogin: isDistributed,
        rolcreaterole: false,
        rolcreatedb: false,
        memberships: 0,
        owned: 0,
        // Tried below.
        definers: ['items_with_ids', 'items_with_terms'],
      },
    ]);
  });

  it('cannot become its owner again by itself', async () => {
    const [owner] = await asOwner<{ name: string }>('select current_user as name');
    // A database of its own: the embedded one keeps a session's user past a rollback. Nothing but this test sets it.
    const db = await openTestDatabase();
    try {
      // As a session of its own would be: `set role` asks what the session's user may do.
      const become = (statement: string) =>
        db.asOwner(async (tx) => {
          await tx.query('set local session authorization armoire_shop');
          await tx.query(statement);
        });
      await expect(become(`set role "${owner!.name}"`)).rejects.toThrow(/permission denied to set role/);
      await expect(become(`select set_config('role', '${owner!.name}', true)`)).rejects.toThrow(
        /permission denied/,
      );
      await expect(become('alter table items disable row level security')).rejects.toThrow(/must be owner/);
      await expect(become('drop policy own_shop on items')).rejects.toThrow(/must be owner/);
      await expect(become('create table public.mine (id int)')).rejects.toThrow(/permission denied/);
    } finally {
      await db.close();
    }
  });

  it.each([
    ['no setting', undefined],
    ['an empty setting', ''],
    ['the setting of a shop that is not there', '00000000-0000-4000-8000-000000000000'],
  ])('sees no row of any table with %s, and changes none', async (_, setting) => {
    const before = await dumpShop(server.db, shopId);
    for (const table of tables) {
      const own = table === 'shops' ? 'id' : 'shop_id';
      const seen = await limited(setting, (tx) => tx.query(`select from ${table}`));
      expect(seen.rowCount, table).toBe(0);
      const rights = await asOwner<{ update: boolean; delete: boolean }>(
        `select has_table_privilege('armoire_shop', $1, 'update') as update,
           has_table_privilege('armoire_shop', $1, 'delete') as delete`,
        [table],
      );
      if (rights[0]!.update) {
        const changed = await limited(setting, (tx) => tx.query(`update ${table} set ${own} = ${own}`));
        expect(changed.rowCount, table).toBe(0);
      }
      if (rights[0]!.delete) {
        const deleted = await limited(setting, (tx) => tx.query(`delete from ${table}`));
        expect(deleted.rowCount, table).toBe(0);
      }
    }
    expect(await dumpShop(server.db, shopId)).toEqual(before);
  });

  // In a distributed database they run within a statement that names the shop, as searches do.
  it
    .skipIf(isDistributed)
    .each([`items_with_terms('shop'::tsquery, 100)`, `items_with_ids('shop', 'shop~')`])(
    'finds by %s, which runs as the owner, what its own shop has, and nothing of another',
    async (call) => {
      const find = (setting: string | undefined) =>
        limited(setting, (tx) => tx.query<{ id: string }>(`select ${call} as id order by 1`));
      expect((await find(shopId)).rows.map(({ id }) => id)).toEqual(
        [1, 2, 3, 4, 5, 6].map((n) => `shop-${n}`),
      );
      for (const setting of [
        undefined,
        '',
        '00000000-0000-4000-8000-000000000000',
        await makeShop(server.db),
      ]) {
        expect((await find(setting)).rows).toEqual([]);
      }
    },
  );

  it('fails with a setting that is no id, in place of reading', async () => {
    await expect(limited("x' or true --", (tx) => tx.query('select from items'))).rejects.toThrow(/uuid/);
  });

  it('can neither make nor drop shops and models', async () => {
    await expect(limited(shopId, (tx) => tx.query(`select create_shop('x', 'EUR', false)`))).rejects.toThrow(
      /permission denied/,
    );
    await expect(limited(shopId, (tx) => tx.query(`select open_model($1, 'x')`, [shopId]))).rejects.toThrow(
      /permission denied/,
    );
  });
});
