import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTogether } from '../../server/db/statement.ts';
import { InvalidInputError } from '../../server/errors/errors.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { makeItem, makePhoto, makeShop } from '../helpers/factories.ts';
import { isDistributed } from '../helpers/servers.ts';

let db: TestDatabase;
let shopA: string;
let shopB: string;

beforeAll(async () => {
  db = await openTestDatabase();
  shopA = await makeShop(db);
  shopB = await makeShop(db);
  for (const shop of [shopA, shopB]) {
    await makeItem(db, shop, { id: 'same-id' });
    await makePhoto(db, shop);
    await db.asOwner(async (tx) => {
      const hash = Buffer.alloc(32, shop);
      await tx.query(
        `with key as (insert into access_keys (shop_id, role, hash, hint) values ($1, 'admin', $2, 'arm_') returning id)
         insert into key_usage (shop_id, key_id, kind, minute, used) select $1, id, 'search', now(), 1 from key`,
        [shop, hash],
      );
      const { rows } = await tx.query<{ id: string }>(
        `insert into import_jobs (shop_id, name) values ($1, 'feed.csv') returning id`,
        [shop],
      );
      const job = rows[0]!.id;
      await tx.query(`insert into import_items (shop_id, job_id, item_id) values ($1, $2, 'same-id')`, [
        shop,
        job,
      ]);
      await tx.query(
        `insert into import_errors (shop_id, job_id, row_number, code, reason) values ($1, $2, 2, 'X', 'x')`,
        [shop, job],
      );
    });
  }
});
afterAll(() => db.close());

const TABLES = [
  'access_keys',
  'items',
  'item_images',
  'photos',
  'garments',
  'import_jobs',
  'import_items',
  'import_errors',
  'key_usage',
];

describe('a transaction in a shop', () => {
  it.each(TABLES)('sees its own rows of %s and none of another shop', async (table) => {
    const all = await db.asOwner((tx) => tx.query(`select shop_id from ${table}`));
    const seen = await db.inShop(shopA, (tx) =>
      tx.query<{ shop_id: string }>(`select shop_id from ${table}`),
    );
    expect(seen.rows.length).toBeGreaterThan(0);
    expect(new Set(seen.rows.map((row) => row.shop_id))).toEqual(new Set([shopA]));
    expect(all.rows.length).toBe(seen.rows.length * 2);
  });

  it('sees its own shop alone', async () => {
    const { rows } = await db.inShop(shopA, (tx) => tx.query<{ id: string }>('select id from shops'));
    expect(rows).toEqual([{ id: shopA }]);
  });

  it.each(TABLES)('cannot change or delete rows of %s that belong to another shop', async (table) => {
    const before = await count(table, shopB);
    await db.inShop(shopA, (tx) =>
      tx.query(`update ${table} set shop_id = shop_id where shop_id = $1`, [shopB]),
    );
    await db.inShop(shopA, (tx) => tx.query(`delete from ${table} where shop_id = $1`, [shopB]));
    expect(await count(table, shopB)).toBe(before);
    expect(before).toBeGreaterThan(0);
  });

  it('cannot put a row into another shop', async () => {
    const insert = db.inShop(shopA, (tx) =>
      tx.query(`insert into items (shop_id, id, title, content_hash) values ($1, 'x', 'x', '\\x00')`, [
        shopB,
      ]),
    );
    await expect(insert).rejects.toThrow(/row-level security/);
  });

  // Distributed, there are none.
  it.skipIf(isDistributed)('cannot reach the partition of garments by its own name', async () => {
    const partition = `garments_${shopB.replaceAll('-', '')}`;
    await expect(db.inShop(shopA, (tx) => tx.query(`select * from ${partition}`))).rejects.toThrow(
      /permission denied/,
    );
  });

  it('leaves neither role nor shop behind', async () => {
    await db.inShop(shopA, (tx) => tx.query('select 1'));
    const { rows } = await db.asOwner((tx) =>
      tx.query<{ role: string; shop: string | null }>('select current_user as role, current_shop() as shop'),
    );
    expect(rows[0]).toMatchObject({ shop: null });
    expect(rows[0]!.role).not.toBe('armoire_shop');
  });

  it('is undone whole where its work throws, and the next one goes on', async () => {
    const failing = db.inShop(shopA, async (tx) => {
      await tx.query(`update items set title = 'half' where id = 'same-id'`);
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    const { rows } = await db.inShop(shopA, (tx) => tx.query('select title from items'));
    expect(rows).toEqual([{ title: 'A skirt' }]);
  });

  it('refuses a shop id that is none', async () => {
    expect(() => db.inShop(`x'; drop table items; --`, async () => 1)).toThrow(/UUID/);
  });

  it('throws in place of waiting for itself where another one is opened inside', async () => {
    await expect(db.inShop(shopA, () => db.asOwner(async () => 1))).rejects.toThrow(/open already/);
  });

  it('tells a client about the character NUL', async () => {
    const query = db.inShop(shopA, (tx) => tx.query('select $1::text', ['a\0b']));
    await expect(query).rejects.toThrow(InvalidInputError);
  });
});

it('keeps embeddings at unit length', async () => {
  const { rows } = await db.inShop(shopA, (tx) =>
    tx.query<{ length: number }>('select vector_norm(embedding) as length from garments'),
  );
  for (const row of rows) expect(row.length).toBeCloseTo(1, 5);
});

it('keeps a named statement prepared on its connection, but not where Citus plans it anew each time', async () => {
  const names = await db.inShop(shopA, async (tx) => {
    await tx.query('select $1::int', [1], 'a named statement');
    await tx.query('select $1::int', [2]);
    const { rows } = await tx.query<{ name: string }>(
      `select name from pg_prepared_statements where name like 'a %'`,
    );
    return rows.map(({ name }) => name);
  });
  expect(names).toEqual(isDistributed ? [] : ['a named statement']);
});

it('answers several statements of a shop as one, each as by itself, and again', async () => {
  await db.inShop(shopA, async (tx) => {
    const statements = ["it's", null].map((word) => ({
      text: `select i.id, $2::text as word, array[1.5, 2] as list from items i where i.shop_id = $1`,
      values: [shopA, word],
    }));
    const rowsOf = (word: string | null) => [{ id: 'same-id', word, list: [1.5, 2] }];
    for (const repeated of [1, 2]) {
      const rows = await readTogether({ ...tx, isDistributed: true }, statements);
      expect(rows, String(repeated)).toEqual([rowsOf("it's"), rowsOf(null)]);
    }
  });
});

async function count(table: string, shop: string): Promise<number> {
  const { rows } = await db.asOwner((tx) => tx.query(`select 1 from ${table} where shop_id = $1`, [shop]));
  return rows.length;
}
