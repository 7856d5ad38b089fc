import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldVersions } from '../../server/catalogue/worker/fold-versions.ts';
import type { Queryable } from '../../server/db/database.ts';
import { readCatalogueVersion } from '../../server/widget/version.sql.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { makeItem, makeShop } from '../helpers/factories.ts';

let db: TestDatabase;
let shopId: string;
beforeAll(async () => {
  db = await openTestDatabase();
  shopId = await makeShop(db);
  await makeItem(db, shopId, { id: 'a' });
});
afterAll(() => db.close());

const versionOf = async (of = shopId) => Number(await db.inShop(of, (tx) => readCatalogueVersion(tx, of)));

describe('the version of a catalogue', () => {
  it.each([
    ['an item', `update items set title = 'Another' where shop_id = $1`],
    ['a deleted item', `delete from items where shop_id = $1 and id = 'b'`],
    [
      'a rule',
      `insert into rules (shop_id, id, kind, brand, strength) values ($1, gen_random_uuid(), 'boost', 'b', 'weak')`,
    ],
    ['a look', `insert into looks (shop_id, id, source, item_count) values ($1, 'look', 'api', 1)`],
    [
      "a look's items",
      `insert into look_items (shop_id, look_id, item_id, position) values ($1, 'look', 'a', 1)`,
    ],
    [
      'a slot',
      `insert into slots (shop_id, name, label, product_types) values ($1, 'bag', 'Bag', array['bag'])`,
    ],
    ['the model', 'insert into shop_model_in_use (shop_id) values ($1)'],
  ])('grows with %s, and for no other shop', async (_, change) => {
    const other = await makeShop(db);
    await makeItem(db, shopId, { id: 'b' });
    const [before, others] = [await versionOf(), await versionOf(other)];
    await db.inShop(shopId, (tx) => tx.query(change, [shopId]));
    expect(await versionOf()).toBeGreaterThan(before);
    expect(await versionOf(other)).toBe(others);
    await db.inShop(shopId, (tx) => tx.query(`delete from items where shop_id = $1 and id = 'b'`, [shopId]));
  });

  it('stays where nothing changes', async () => {
    const before = await versionOf();
    await db.inShop(shopId, (tx) =>
      tx.query(`update items set title = 'x' where shop_id = $1 and id = '-'`, [shopId]),
    );
    await db
      .inShop(shopId, async (tx) => {
        await tx.query(`update items set title = 'x' where shop_id = $1`, [shopId]);
        throw new Error('taken back');
      })
      .catch(() => undefined);
    expect(await versionOf()).toBe(before);
  });

  it('is added up where many connections have changed the shop, but for what is under way', async () => {
    const changed = await makeShop(db);
    await makeItem(db, changed, { id: 'a' });
    const rowsOf = (tx: Queryable) =>
      tx.query('select backend, version::int from catalogue_versions where shop_id = $1', [changed]);
    await db.inShop(changed, (tx) =>
      tx.query(
        `insert into catalogue_versions (shop_id, backend, version)
         select $1, -n, n from generate_series(1, 200) n on conflict do nothing`,
        [changed],
      ),
    );
    const before = await versionOf(changed);
    let isChanged: () => void = () => undefined;
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const changing = new Promise<void>((resolve) => {
      isChanged = resolve;
    });
    const done = db.inShop(changed, async (tx) => {
      await tx.query(`update items set title = 'x' where shop_id = $1`, [changed]);
      isChanged();
      await held;
    });
    await changing;
    // The embedded database has one connection, for which the other would wait.
    if (db.kind === 'server') {
      await foldVersions({ db });
      expect(await versionOf(changed)).toBe(before);
    }
    letGo();
    await done;
    expect(await versionOf(changed)).toBe(before + 1);
    await foldVersions({ db });
    const { rows } = await db.inShop(changed, rowsOf);
    expect(rows.length).toBeLessThan(4);
    expect(await versionOf(changed)).toBe(before + 1);
    await db.inShop(changed, (tx) => tx.query(`update items set title = 'y' where shop_id = $1`, [changed]));
    expect(await versionOf(changed)).toBe(before + 2);
  });

  it('does not keep a shop from being deleted', async () => {
    const gone = await makeShop(db);
    await makeItem(db, gone);
    await db.asOwner((tx) => tx.query('delete from shops where id = $1', [gone]));
    expect((await db.asOwner((tx) => tx.query('select from shops where id = $1', [gone]))).rows).toEqual([]);
  });
});

// The embedded database has one connection.
it.runIf(process.env.TEST_ENGINE === 'server')('no change of the catalogue waits for another', async () => {
  const before = await versionOf();
  const change = (id: string, then?: () => Promise<void>) =>
    db.inShop(shopId, async (tx) => {
      await tx.query(`insert into looks (shop_id, id, source, item_count) values ($1, $2, 'api', 1)`, [
        shopId,
        id,
      ]);
      await then?.();
    });
  const [hasBegun, mayEnd] = [gate(), gate()];
  const first = change('first', async () => {
    hasBegun.open();
    await mayEnd.opened;
  });
  await hasBegun.opened;
  // It would wait until the first has ended, which waits for it.
  await change('second');
  expect(await versionOf()).toBe(before + 1);
  mayEnd.open();
  await first;
  expect(await versionOf()).toBe(before + 2);
});

function gate() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
