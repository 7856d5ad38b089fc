import { isUuid } from '../db/database.ts';
import { openFetcher } from './fetch/fetcher.ts';
import { listOpenJobs, listRunningJobs } from './import-job.sql.ts';
import { pumpTasks } from './pump.ts';
import { openStagedFiles } from './staged-files.ts';
import { isStaged, listStaged, removeStaged } from './staging.ts';
import { type ImportServices, Interrupted, parseItemTask, readFeedTask } from './work.ts';

export interface ImportWorker {
  /** Ends what is in flight; the rest waits in the queue for the next start. */
  stop(): Promise<void>;
}

/** Items in flight: the model has one core-filling run at a time, decoding and storing go on beside it. */
const ITEMS_IN_FLIGHT = 3;
const ITEMS_CLAIMED = 12;
/** Only for tasks of other processes and for retries: what this process sends wakes the worker. */
const POLL_MS = 1000;

/** Works on the import's queue until it is stopped, beginning with what a killed server left behind. */
export async function startImportWorker(services: ImportServices): Promise<ImportWorker> {
  const { config, db, queue, log } = services;
  const staged = openStagedFiles(config.dataDir);
  const fetcher = openFetcher({ allowHosts: config.fetchAllowHosts });
  const work = { ...services, staged, fetcher };
  let stopping = false;
  const onError = (error: unknown) => {
    if (!(error instanceof Interrupted)) log.error('The import met an error and will try again.', error);
  };

  const jobs = await db.asOwner(listRunningJobs);
  for (const job of jobs) {
    // Servers that share a PostgreSQL may have data folders of their own: another's jobs are left to it.
    if (db.kind === 'embedded' || (await isStaged(config.dataDir, job.jobId))) await queue.feeds.send([job]);
  }

  await sweepStaged(services);

  const feeds = pumpTasks(queue.feeds, { width: 1, claim: 1, pollMs: POLL_MS, onError }, async (claimed) => {
    await readFeedTask(work, claimed, () => stopping);
    return 'done';
  });
  const items = pumpTasks(
    queue.items,
    { width: ITEMS_IN_FLIGHT, claim: ITEMS_CLAIMED, pollMs: POLL_MS, onError },
    (claimed) => parseItemTask(work, claimed),
  );
  queue.onSend = () => {
    feeds.wake();
    items.wake();
  };
  return {
    async stop() {
      stopping = true;
      queue.onSend = undefined;
      await Promise.all([feeds.stop(), items.stop()]);
      await Promise.all([staged.closeAll(), fetcher.close()]);
    },
  };
}

/** Long enough for an upload that is still coming in. */
const ORPHAN_MS = 24 * 3600 * 1000;

/** Removes uploads that a killed server never made a job of. */
async function sweepStaged({ config, db }: ImportServices): Promise<void> {
  const staged = (await listStaged(config.dataDir, ORPHAN_MS)).filter(isUuid);
  if (staged.length === 0) return;
  const open = new Set(await db.asOwner((tx) => listOpenJobs(tx, staged)));
  for (const jobId of staged) if (!open.has(jobId)) await removeStaged(config.dataDir, jobId);
}
