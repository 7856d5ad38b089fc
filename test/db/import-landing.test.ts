import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FeedFiles } from '../../server/catalogue/feed/files.ts';
import type { ReadRow } from '../../server/catalogue/feed/read.ts';
import { insertJob } from '../../server/catalogue/imports/import-job.sql.ts';
import { importBatch } from '../../server/catalogue/worker/import-batch.ts';
import { makeLog } from '../../server/log.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { makeShop } from '../helpers/factories.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db?.close());

const batch: ReadRow[] = [
  { number: 1, row: { id: 'a', title: 'Skirt', images: ['a.webp'], availability: 'in_stock' }, warnings: [] },
];

it('two readers of one feed land its rows once: what was parsed in between stays parsed', async () => {
  const shopId = await makeShop(db);
  const jobId = randomUUID();
  await db.inShop(shopId, (tx) => insertJob(tx, { shopId, id: jobId, name: 'feed' }));
  const land = (readImage: FeedFiles['readImage']) => {
    const files: FeedFiles = { feed: null, imageNames: [], readImage, close: async () => undefined };
    return importBatch(
      { db, files, embeddingModel: 'fake', currency: 'EUR', log: makeLog('error') },
      { shopId, jobId, attempt: 1 },
      batch,
    );
  };
  await land(async () => {
    // The slow reader has seen that the item is unknown; now the other one lands it, and it is parsed.
    await land(async () => Buffer.from('image'));
    await db.inShop(shopId, async (tx) => {
      await tx.query(`update items set state = 'ready'`);
      await tx.query(`update import_items set state = 'ready'`);
    });
    return Buffer.from('image');
  });
  const { rows } = await db.inShop(shopId, (tx) => tx.query('select id, state from items'));
  expect(rows).toEqual([{ id: 'a', state: 'ready' }]);
});
