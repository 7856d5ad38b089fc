import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKey } from '../../server/access/keys.ts';
import { makeLimiter } from '../../server/access/limiter.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { makeShop } from '../helpers/factories.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

it("counts a widget key's minute over servers and restarts, and never past its limit", async () => {
  const shopId = await makeShop(db);
  const { row } = await createKey(db, shopId, { role: 'widget', label: 'W', domains: ['shop.example'] });
  const limits = {
    parse: 1000,
    search: 1000,
    event: 1000,
    cost: 1000,
    widgetParse: 1000,
    widgetSearch: 50,
    widgetEvent: 50,
  };
  const servers = [makeLimiter(limits, db), makeLimiter(limits, db)];
  let granted = 0;
  let refused = 0;
  // Away from the end of a minute, at which the count begins anew.
  if (Date.now() % 60_000 > 55_000) await new Promise((resolve) => setTimeout(resolve, 5500));
  for (let i = 0; i < 70; i++) {
    const viewer = { role: 'widget', shopId, client: `client ${i % 7}`, keyId: row.id } as const;
    await servers[i % 2]!.check('search', viewer).then(
      () => granted++,
      (error) => {
        expect(error.code).toBe('RATE_LIMITED');
        refused++;
      },
    );
  }
  expect([granted, refused]).toEqual([50, 20]);
  await expect(
    makeLimiter(limits, db).check('search', { role: 'widget', shopId, client: 'new', keyId: row.id }),
  ).rejects.toThrow(/Too many searches/);
});
