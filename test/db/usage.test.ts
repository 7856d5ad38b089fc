import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../server/access/keys.ts';
import { type Limiter, makeLimiter } from '../../server/access/limiter.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { makeShop } from '../helpers/factories.ts';

const limits = {
  parse: 1000,
  search: 1000,
  event: 1000,
  cost: 1000,
  widgetParse: 1000,
  widgetSearch: 50,
  widgetEvent: 50,
};

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

it("counts a widget key's minute over servers and restarts, and never past its limit", async () => {
  const shopId = await makeShop(db);
  const { row } = await createKey(db, shopId, { role: 'widget', label: 'W', domains: ['shop.example'] });
  const servers = [makeLimiter(limits, db), makeLimiter(limits, db)];
  let granted = 0;
  let refused = 0;
  await awayFromTheEnd();
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

describe('two servers with one database', () => {
  const anonymous = (client: string) => ({ role: 'anonymous', shopId: 'none', client }) as const;
  const makeServers = () => {
    const shared = { areSeveral: () => true, secret: Buffer.alloc(32) };
    return [makeLimiter(limits, db, undefined, shared), makeLimiter(limits, db, undefined, shared)] as const;
  };

  it('hold no more than a block of what a request asked for many times at once', async () => {
    const [one, two] = makeServers();
    const client = anonymous('203.0.113.1');
    await Promise.all(Array.from({ length: 70 }, () => one.check('search', client)));
    const { rows } = await db.pool.query("select remaining from client_limits where kind = 'search'");
    expect(rows[0].remaining).toBeGreaterThanOrEqual(1000 - 70 - 50);
    // One after another they are taken elsewhere, too.
    for (let i = 0; i < 8; i++) await two.check('search', client, 110);
    await expect(two.check('search', client, 110)).rejects.toThrow(/Too many searches/);
  });

  it("the same of a widget's key", async () => {
    const shopId = await makeShop(db);
    const { row } = await createKey(db, shopId, { role: 'widget', label: 'W', domains: ['shop.example'] });
    const viewer = { role: 'widget', shopId, client: 'many', keyId: row.id } as const;
    const [one] = makeServers();
    await awayFromTheEnd();
    await Promise.all(Array.from({ length: 21 }, () => one.check('search', viewer)));
    const { rows } = await db.pool.query('select used from key_usage where key_id = $1', [row.id]);
    expect(rows[0].used).toBeLessThanOrEqual(23);
    const more = await Promise.allSettled(Array.from({ length: 40 }, () => one.check('search', viewer)));
    expect(more.filter(({ status }) => status === 'fulfilled')).toHaveLength(29);
  });

  it('never refuse a client that asks for what it was told is left, whichever it asks', async () => {
    const servers = makeServers();
    const client = anonymous('203.0.113.2');
    let remaining = 1000;
    for (let i = 0; remaining > 0; i++) {
      // Mostly at the one, so that what the other knew is long past.
      const request = servers[i % 5 === 4 ? 1 : 0]!.forRequest();
      const times = Math.min(remaining, [1, 40, 3, 25, 90][i % 5]!);
      await Promise.all(Array.from({ length: times }, () => request.check('search', client)));
      const cost = await request.report(client);
      expect(cost).toMatchObject({ requested: times, maximum: 1000 });
      remaining = cost.remaining!;
      if (i > 100) break;
    }
    expect(remaining).toBeLessThan(40);
  });
});

describe('a request of many searches', () => {
  it('that waits as long as it is told is answered whole, at one server or at two', async () => {
    const perSecond = 10;
    const clock = { ms: 0 };
    const many = { ...limits, search: 60 * perSecond };
    const client = { role: 'anonymous', shopId: 'none', client: '203.0.113.9' } as const;
    const ask = async (limiter: Limiter) => {
      const request = limiter.forRequest();
      const asked = await Promise.allSettled(
        Array.from({ length: 25 }, () => request.check('search', client)),
      );
      const refused = asked.flatMap((one) =>
        one.status === 'rejected' ? [one.reason.extensions.retryAfter as number] : [],
      );
      return { refused: refused.length, retryAfter: Math.min(...refused) };
    };
    const own = makeLimiter(many, db, () => clock.ms);
    for (let i = 0; i < 24; i++) expect((await ask(own)).refused).toBe(0);
    clock.ms += 500;
    const { refused, retryAfter } = await ask(own);
    expect(refused).toBe(20);
    clock.ms += retryAfter * 1000;
    expect((await ask(own)).refused).toBe(0);

    const shared = { areSeveral: () => true, secret: Buffer.alloc(32) };
    const [one, two] = [makeLimiter(many, db, undefined, shared), makeLimiter(many, db, undefined, shared)];
    let last = await ask(one!);
    for (let i = 0; last.refused === 0 && i < 40; i++) last = await ask(i % 2 ? one! : two!);
    expect(last.refused).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, last.retryAfter * 1000));
    expect((await ask(two!)).refused).toBe(0);
  });
});

/** Away from the end of a minute, at which the count of a key begins anew. */
async function awayFromTheEnd(): Promise<void> {
  if (Date.now() % 60_000 > 55_000) await new Promise((resolve) => setTimeout(resolve, 5500));
}
