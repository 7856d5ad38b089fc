/** A process to be killed: works on one import with the real model. Arguments: data folder, feed, log, database. */
import 'reflect-metadata';
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { importFeed } from '../../server/catalogue/imports/import.ts';
import { findJob } from '../../server/catalogue/imports/import-job.sql.ts';
import { startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { loadConfig } from '../../server/config.ts';
import { openServices } from '../../server/services.ts';
import { openVision } from '../../server/vision/vision.ts';

const JOB = '0e9d3a70-52f1-4a6c-8a4c-4a8f2f7f6c55';
const [dataDir, feed, log, databaseUrl] = process.argv.slice(2) as [string, string, string, string?];
const config = loadConfig({
  DATA_DIR: dataDir,
  WEB: 'off',
  DEMO: 'off',
  LOG: 'error',
  ...(databaseUrl && { DATABASE_URL: databaseUrl }),
});
const model = await openVision({ modelDir: config.modelDir });
const vision: typeof model = {
  ...model,
  async parse(image, turn) {
    const garments = await model.parse(image, turn);
    appendFileSync(log, 'parse\n');
    return garments;
  },
};
const { services, shop, close } = await openServices(config, { vision: async () => vision });
const { db } = services;
const find = () => db.inShop(shop.id, (tx) => findJob(tx, JOB));
if (!(await find())) {
  await importFeed(services, shop.id, { name: 'bench', source: { kind: 'file', path: feed } }, JOB);
}
const worker = await startImportWorker(services);
let job = await find();
while (job?.state === 'running') {
  await pause(200);
  job = await find();
}
const { rows } = await db.inShop(shop.id, (tx) =>
  tx.query(
    `select (select count(*)::int from items where state = 'ready') as ready,
       (select count(distinct item_id)::int from garments where is_primary) as "garmentItems",
       (select count(*)::int from import_errors) as errors`,
  ),
);
appendFileSync(log, `end ${JSON.stringify({ job, ...rows[0] })}\n`);
await worker.stop();
await close();
