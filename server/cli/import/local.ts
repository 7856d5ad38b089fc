import { join } from 'node:path';
import { importFeed } from '../../catalogue/import.ts';
import { findJob, listErrors } from '../../catalogue/import-job.sql.ts';
import { openImportQueue } from '../../catalogue/queue.ts';
import { startImportWorker } from '../../catalogue/worker.ts';
import type { Config } from '../../config.ts';
import { openDatabase } from '../../db/database.ts';
import { lockDataDir } from '../../db/lock.ts';
import { openImageStore } from '../../images/store.ts';
import { makeLog } from '../../log.ts';
import { ensureDefaultShop } from '../../shops/default-shop.ts';
import { openVision } from '../../vision/vision.ts';
import type { ImportClient } from './client.ts';

/** Imports into the default shop with no server running. What an earlier import left undone is done as well. */
export async function openLocalClient(config: Config): Promise<ImportClient> {
  // One process at a time opens the embedded database; a PostgreSQL may have many.
  const lock = config.databaseUrl ? null : await lockDataDir(config.dataDir);
  const log = makeLog(config.log === 'silent' ? 'silent' : 'error');
  const db = await openDatabase(config);
  const shop = await ensureDefaultShop(db, { demo: false });
  const vision = await openVision({ modelDir: config.modelDir });
  const images = openImageStore(join(config.dataDir, 'images'));
  const queue = await openImportQueue(db, log);
  const services = { config, db, vision, images, queue, log };
  const worker = await startImportWorker(services);
  return {
    start: ({ name, source }) => importFeed(services, shop.id, { name, source }),
    async status(jobId) {
      const job = await db.inShop(shop.id, (tx) => findJob(tx, jobId));
      if (!job) throw new Error('The import is gone.');
      return job;
    },
    errors: (jobId, after) => db.inShop(shop.id, (tx) => listErrors(tx, { jobId, first: 1000, after })),
    async close() {
      await worker.stop();
      await queue.close();
      await vision.close();
      await db.close();
      await lock?.release();
    },
  };
}
