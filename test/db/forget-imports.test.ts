import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoJobIds } from '../../server/catalogue/imports/demo.ts';
import { FORGET_STEP, forgetImports } from '../../server/catalogue/imports/forget-imports.ts';
import type { Database } from '../../server/db/database.ts';
import { openFreshDatabase } from '../helpers/database.ts';
import { makeShop } from '../helpers/factories.ts';

let db: Database;
beforeAll(async () => {
  db = await openFreshDatabase();
});
afterAll(() => db.close());

/** A shop's imports, named by their place, that ended so many days ago. */
async function fill(count: number, days: number): Promise<string> {
  const shopId = await makeShop(db);
  await db.inShop(shopId, (tx) =>
    tx.query(
      `insert into import_jobs (shop_id, id, name, state, finished_at)
       select $1, gen_random_uuid(), g.n::text, 'done', now() - $2 * interval '1 day'
       from generate_series(1, $3) as g (n) order by g.n on conflict do nothing`,
      [shopId, days, count],
    ),
  );
  return shopId;
}

const namesOf = (shopId: string) =>
  db.inShop(shopId, async (tx) => {
    const { rows } = await tx.query<{ name: string }>(
      'select name from import_jobs where shop_id = $1 order by number',
      [shopId],
    );
    return rows.map(({ name }) => name);
  });

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i));

it('of more than a hundred imports those go that ended a week ago, with all that they list', async () => {
  const shopId = await fill(105, 8);
  const count = 2 * FORGET_STEP + 1;
  await db.inShop(shopId, async (tx) => {
    const set = (what: string, name: string, values: unknown[] = []) =>
      tx.query(`update import_jobs set ${what} where shop_id = $1 and name = $2`, [shopId, name, ...values]);
    await set(`state = 'running', finished_at = null`, '1');
    await set('id = $3', '3', [demoJobIds(shopId)[0]]);
    const { rows } = await tx.query<{ id: string }>(
      `select id from import_jobs where shop_id = $1 and name = '2'`,
      [shopId],
    );
    await tx.query(
      `insert into import_items (shop_id, job_id, item_id, state)
       select $1, $2, n::text, 'ready' from generate_series(1, $3) n on conflict do nothing`,
      [shopId, rows[0]!.id, count],
    );
    await tx.query(
      `insert into import_errors (shop_id, job_id, row_number, code, reason, severity)
       select $1, $2, n, 'INVALID_ROW', 'No title.', 'error' from generate_series(1, $3) n on conflict do nothing`,
      [shopId, rows[0]!.id, count],
    );
  });
  const [few, recent] = [await fill(100, 8), await fill(105, 6)];
  const forgetting: string[] = [];
  await forgetImports({ db }, () => forgetting.push('') > 2);
  // Stopped within the first.
  expect(await namesOf(shopId)).toEqual(range(1, 105));
  await forgetImports({ db });
  // What runs, and what the demo came with, stays.
  expect(await namesOf(shopId)).toEqual(['1', '3', ...range(6, 105)]);
  expect(await namesOf(few)).toEqual(range(1, 100));
  expect(await namesOf(recent)).toEqual(range(1, 105));
  const left = await db.inShop(shopId, (tx) =>
    tx.query(
      `select (select count(*)::int from import_items where shop_id = $1) as items,
         (select count(*)::int from import_errors where shop_id = $1) as errors`,
      [shopId],
    ),
  );
  expect(left.rows).toEqual([{ items: 0, errors: 0 }]);
});
