/**
 * A process to be killed in the middle of a large import. Arguments: data folder, feed, log, and the database's address
 * or nothing for the embedded one. Its vision knows an item by its file and costs nothing: the model is not the point.
 */
import { bytesOf } from '../../server/vision/image-file.ts';
import 'reflect-metadata';
import { importFeed } from '../../server/catalogue/imports/import.ts';
import { startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { InvalidImageError } from '../../server/errors/errors.ts';
import { openServices } from '../../server/services.ts';
import type { Image, Vision } from '../../server/vision/contract.ts';
import { appendLine, fakeVision, makeConfig, waitForJob } from './import-harness.ts';

const JOB = '5c0d9a52-7a51-4d52-8f0e-6d3f1f0c9b22';
const [dataDir, feed, log, databaseUrl = ''] = process.argv.slice(2) as [string, string, string, string?];
const started = performance.now();

const items = new WeakMap<Image, string>();
const plain = fakeVision();
const vision: Vision = {
  ...plain,
  async decode(file) {
    const item = /^item (.+)$/.exec(Buffer.from(await bytesOf(file)).toString())?.[1];
    if (!item) throw new InvalidImageError('NOT_AN_IMAGE', 'This is not an image.');
    const image = { width: 32, height: 32, data: new Uint8Array(32 * 32 * 3) };
    items.set(image, item);
    return image;
  },
  async parse(image, turn) {
    appendLine(log, `parse ${items.get(image)}`);
    return plain.parse(image, turn);
  },
};
const config = makeConfig(dataDir, databaseUrl ? { DATABASE_URL: databaseUrl } : {});
const { services, shop, close } = await openServices(config, { vision: async () => vision });
const { rows } = await services.db.asOwner((tx) =>
  tx.query<{ id: string }>(`select id from items where state = 'ready'`),
);
appendLine(log, ['ready', ...rows.map(({ id }) => id)].join(' '));
const { rows: jobs } = await services.db.asOwner((tx) => tx.query('select id from import_jobs'));
if (jobs.length === 0) {
  await importFeed(services, shop.id, { name: 'feed', source: { kind: 'file', path: feed } }, JOB);
}
const worker = await startImportWorker(services);
const job = await waitForJob(services, shop.id, JOB, undefined, 3600);
appendLine(log, `end ${JSON.stringify({ ...job, took: Math.round(performance.now() - started) })}`);
await worker.stop();
await close();
