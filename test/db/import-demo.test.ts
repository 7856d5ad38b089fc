import { afterAll, beforeAll, expect, it } from 'vitest';
import { importDemo } from '../../server/catalogue/imports/demo.ts';
import { type ImportWorker, startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { makeShop } from '../helpers/factories.ts';
import { makeFakeVision } from '../helpers/fake-vision.ts';
import { openTestImports, type TestImports } from './import-harness.ts';

let opened: TestImports;
let worker: ImportWorker;
beforeAll(async () => {
  opened = await openTestImports(makeFakeVision(), {});
  worker = await startImportWorker(opened.services);
});
afterAll(async () => {
  await worker?.stop();
  await opened?.close();
});

// 21 items are two parts; drawing them is what takes time.
it('the demo shop is filled once, however often the server starts', async () => {
  const { services } = opened;
  const shopId = await makeShop(services.db, { isDemo: true });
  for (let starts = 0; starts < 2; starts++) await importDemo(services, shopId, { count: 21 });
  const count = async (sql: string) => {
    const { rows } = await services.db.inShop(shopId, (tx) =>
      tx.query<{ n: number }>(`select count(*)::int as n from ${sql}`),
    );
    return rows[0]!.n;
  };
  await expect.poll(() => count(`import_jobs where state = 'done'`), { timeout: 100_000 }).toBe(2);
  expect(await count('import_jobs')).toBe(2);
  expect(await count('import_errors')).toBe(0);
  expect(await count(`items where state = 'ready'`)).toBe(21);
  expect(await count('garments where is_primary')).toBe(21);
}, 120_000);
