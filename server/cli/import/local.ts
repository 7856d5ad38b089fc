import { importFeed } from '../../catalogue/imports/import.ts';
import { findJob, listErrors } from '../../catalogue/imports/import-job.sql.ts';
import { startImportWorker } from '../../catalogue/worker/worker.ts';
import type { Config } from '../../config.ts';
import { openServices } from '../../services.ts';
import type { ImportClient } from './client.ts';
import { packSource } from './pack.ts';

/** Imports into the default shop with no server running. What an earlier import left undone is done as well. */
export async function openLocalClient(config: Config): Promise<ImportClient> {
  // Whoever brings a catalogue wants no drawings beside it.
  const log = config.log === 'info' ? 'error' : config.log;
  const { services, shop, close } = await openServices(
    { ...config, demo: false, log },
    { showFirstKey: (key) => console.log(`The shop is new. Its admin key, shown only this once: ${key}`) },
  );
  const { db } = services;
  const worker = await startImportWorker(services);
  return {
    async start({ name, source, mode, force }) {
      if (!services.store.isShared) return importFeed(services, shop.id, { name, source, mode, force });
      // Whoever takes its tasks need not have this disk.
      const packed = await packSource(source);
      const upload = { kind: 'upload', stream: packed.stream } as const;
      return importFeed(services, shop.id, { name: name || packed.name, source: upload, mode, force });
    },
    async status(jobId) {
      const job = await db.inShop(shop.id, (tx) => findJob(tx, jobId));
      if (!job) throw new Error('The import no longer exists.');
      return job;
    },
    errors: (jobId, after) => db.inShop(shop.id, (tx) => listErrors(tx, { jobId, first: 1000, after })),
    async close() {
      await worker.stop();
      await close();
    },
  };
}
