/** A process to be killed: works on the one import of its data folder. Arguments: folder, feed, log. */
import 'reflect-metadata';
import { importFeed } from '../../server/catalogue/imports/import.ts';
import { startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { openServices } from '../../server/services.ts';
import { appendLine, fakeVision, makeConfig, waitForJob } from './import-harness.ts';

const JOB = '9b2f4c1e-57ab-4c9b-9d0a-0d7f3a1f2b11';
const [dataDir, feed, log] = process.argv.slice(2) as [string, string, string];
const vision = fakeVision({ delayMs: 60, onParse: (grey) => appendLine(log, `parse ${grey}`) });
const { services, shop, close } = await openServices(makeConfig(dataDir), { vision: async () => vision });
const { rows } = await services.db.asOwner((tx) =>
  tx.query<{ id: string }>(`select id from items where state = 'ready'`),
);
for (const { id } of rows) appendLine(log, `ready ${id.replace('item-', '')}`);
const { rows: jobs } = await services.db.asOwner((tx) => tx.query('select id from import_jobs'));
if (jobs.length === 0)
  await importFeed(services, shop.id, { name: 'feed', source: { kind: 'file', path: feed } }, JOB);
const worker = await startImportWorker(services);
const job = await waitForJob(services, shop.id, JOB);
appendLine(log, `end ${JSON.stringify(job)}`);
await worker.stop();
await close();
