import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limitReads } from '../../server/health/health.sql.ts';
import { measureHealth } from '../../server/health/health.ts';
import { makeItem, makeShop, TEST_MODEL } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { isDistributed } from '../helpers/servers.ts';

const ITEMS = 60;
const HEALTH = `{ retrievalHealth { measuredAt engine model recallAt20 sample
  index { vectors bytes builtAt latestAt deadRows vacuumedAt isValid }
  queue { waiting running oldestSeconds } items { ready pending failed } } }`;

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await makeTestServer();
  key = await server.makeKey('merchandiser');
  for (let i = 0; i < ITEMS; i++) await makeItem(server.db, server.shopId, { id: `item-${i}` });
  await makeItem(server.db, server.shopId, { id: 'waits', state: 'pending' });
  await makeItem(server.db, server.shopId, { id: 'broken', state: 'failed' });
  // Another shop's items and tasks are not counted.
  const other = await makeShop(server.db);
  await makeItem(server.db, other);
  await server.services.queue.feeds.send([
    { shopId: server.shopId, jobId: '00000000-0000-4000-8000-000000000001', attempt: 1 },
    { shopId: other, jobId: '00000000-0000-4000-8000-000000000002', attempt: 1 },
  ]);
  // Nor is what is no work of an import.
  const endpointId = '00000000-0000-4000-8000-000000000003';
  await server.services.queue.webhooks.send([{ shopId: server.shopId, endpointId }]);
});
afterAll(() => server.close());

describe('retrievalHealth', () => {
  it('compares the index with an exact search, and tells sizes, ages and the queue', async () => {
    const { data, errors } = await server.query(HEALTH, {}, { key });
    expect(errors).toBeUndefined();
    const { index, queue, ...health } = data.retrievalHealth;
    expect(health).toEqual({
      measuredAt: expect.any(String),
      engine: server.db.kind.toUpperCase(),
      model: TEST_MODEL,
      recallAt20: expect.any(Number),
      sample: expect.any(Number),
      items: { ready: ITEMS, pending: 1, failed: 1 },
    });
    // Fewer where that takes longer than a page may wait for.
    expect(health.sample).toBeGreaterThan(0);
    expect(health.sample).toBeLessThanOrEqual(50);
    expect(health.recallAt20).toBeGreaterThan(0.95);
    expect(health.recallAt20).toBeLessThanOrEqual(1);
    // Distributed shops share indexes.
    if (isDistributed) expect(index).toBeNull();
    else {
      expect(index).toMatchObject({ vectors: ITEMS, isValid: true, vacuumedAt: null });
      // A vector and its neighbours take more than a kilobyte.
      expect(index.bytes).toBeGreaterThan(ITEMS * 1024);
      expect(Date.parse(index.builtAt)).toBeLessThan(Date.parse(index.latestAt));
    }
    expect(queue).toMatchObject({ waiting: 1, running: 0 });
    expect(queue.oldestSeconds).toBeGreaterThan(0);
  });

  it('is measured once a minute, for each shop', async () => {
    const first = await server.query(HEALTH, {}, { key });
    await makeItem(server.db, server.shopId, { id: 'later' });
    expect((await server.query(HEALTH, {}, { key })).data).toEqual(first.data);
    const other = await server.makeKey('merchandiser', await makeShop(server.db));
    expect((await server.query(HEALTH, {}, { key: other })).data.retrievalHealth).toMatchObject({
      recallAt20: null,
      sample: 0,
      index: isDistributed ? null : { vectors: 0, latestAt: null },
      queue: { waiting: 0, oldestSeconds: null },
      items: { ready: 0 },
    });
  });

  // It breaks the index of the shop's own partition.
  it.skipIf(isDistributed)('tells when the index finds too little', async () => {
    const { db, services } = server;
    const shopId = await makeShop(db);
    const add = async (from: number, to: number) => {
      for (let i = from; i < to; i++) await makeItem(db, shopId, { id: `item-${i}` });
    };
    const keepIndex = (kept: boolean) =>
      db.asOwner((tx) =>
        tx.query(
          `update pg_index i set indisready = $1 from pg_class c join pg_am a on a.oid = c.relam and a.amname = 'hnsw'
           where c.oid = i.indexrelid and i.indrelid = to_regclass($2)`,
          [kept, `garments_${shopId.replaceAll('-', '')}`],
        ),
      );
    await add(0, 25);
    expect((await measureHealth({ ...services, shopId })).recall).toBeGreaterThan(0.95);
    // An index that has missed some rows, as a broken one would.
    await keepIndex(false);
    await add(25, 40);
    await keepIndex(true);
    const health = await measureHealth({ ...services, shopId });
    expect(health.sample).toBe(40);
    expect(health.recall).toBeLessThan(0.95);
  });

  it('is for merchandisers', async () => {
    for (const bad of [undefined, await server.makeKey('widget')]) {
      const { errors } = await server.query(HEALTH, {}, bad === undefined ? {} : { key: bad });
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  it('changes nothing: its transactions cannot', async () => {
    const write = server.db.inShop(server.shopId, async (tx) => {
      await limitReads(tx, 5000);
      await tx.query(`update items set title = 'x'`);
    });
    await expect(write).rejects.toThrow(/read-only/);
  });
});
