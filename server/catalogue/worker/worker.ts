import { isUuid } from '../../db/database.ts';
import { removeUnusedImage } from '../../images/remove-unused.ts';
import { startComparing } from '../duplicates/compare-images.ts';
import { openFetcher } from '../fetch/fetcher.ts';
import { listOpenJobs, listRunningJobs } from '../imports/import-job.sql.ts';
import { pumpTasks } from '../queue/pump.ts';
import { openStagedFiles } from '../staging/staged-files.ts';
import { isStaged, listStaged, removeStaged } from '../staging/staging.ts';
import { openJobEnds } from './end-jobs.ts';
import { type ImportServices, Interrupted, parseItemTask, readFeedTask } from './work.ts';

export interface ImportWorker {
  /** Ends what is in flight; the rest waits in the queue for the next start. */
  stop(): Promise<void>;
}

/** Items in flight: some share the model's runs while others are fetched, decoded or stored. */
export const ITEMS_IN_FLIGHT = 12;
const ITEMS_CLAIMED = 24;
/** Only for tasks of other processes and for retries: what this process sends wakes the worker. */
const POLL_MS = 1000;
const FILES_POLL_MS = 60_000;

/** Works on the import's queue until it is stopped, beginning with what a killed server left behind. */
export async function startImportWorker(services: ImportServices): Promise<ImportWorker> {
  const { config, queue, log } = services;
  const staged = openStagedFiles(config.dataDir);
  const fetcher = openFetcher({ allowHosts: config.fetchAllowHosts });
  const ends = openJobEnds({ ...services, staged });
  const work = { ...services, staged, fetcher, ends };
  let stopping = false;
  const onError = (error: unknown) => {
    if (!(error instanceof Interrupted)) log.error('The import met an error and will try again.', error);
  };

  await takeUp(services);
  await sweepStaged(services);
  const sweeping = setInterval(() => void sweepStaged(services).catch(onError), SWEEP_MS);
  sweeping.unref();

  const comparing = startComparing(services);
  const feeds = pumpTasks(queue.feeds, { width: 1, claim: 1, pollMs: POLL_MS, onError }, async (claimed) => {
    await readFeedTask(work, claimed, () => stopping);
    return 'done';
  });
  const items = pumpTasks(
    queue.items,
    { width: ITEMS_IN_FLIGHT, claim: ITEMS_CLAIMED, pollMs: POLL_MS, onError },
    async (claimed) => {
      const outcome = await parseItemTask(work, claimed);
      comparing.wake();
      return outcome;
    },
  );
  const files = pumpTasks(
    queue.files,
    { width: 1, claim: 50, pollMs: FILES_POLL_MS, onError },
    async ({ task: { sha256 } }) => ((await removeUnusedImage(services, sha256)) ? 'done' : 'retry'),
  );
  queue.onSend = () => {
    feeds.wake();
    items.wake();
  };
  return {
    async stop() {
      stopping = true;
      clearInterval(sweeping);
      queue.onSend = undefined;
      await Promise.all([feeds.stop(), items.stop(), files.stop(), comparing.stop()]);
      await ends.close();
      await Promise.all([staged.closeAll(), fetcher.close()]);
    },
  };
}

/**
 * Goes on with what a killed process had begun. A data folder is one process's alone (`lockDataDir`), so whoever had
 * claimed tasks of the jobs whose feeds lie in it is gone. Servers that share a PostgreSQL may have folders of their
 * own: another's jobs are left to it.
 */
async function takeUp({ config, db, queue }: ImportServices): Promise<void> {
  const running = await db.asOwner(listRunningJobs);
  const staged = await Promise.all(running.map(({ jobId }) => isStaged(config.dataDir, jobId)));
  const own = running.filter((_, i) => db.kind === 'embedded' || staged[i]);
  if (own.length === 0) return;
  await queue.release(own.map(({ jobId }) => jobId));
  await queue.feeds.send(own);
}

const SWEEP_MS = 3600 * 1000;
/** Long enough for an upload that is still coming in, and for an import to be tried again. */
const ORPHAN_MS = 24 * 3600 * 1000;

/** Removes feeds that are kept no longer: of imports that ended, and those that a killed server never made a job of. */
async function sweepStaged({ config, db }: ImportServices): Promise<void> {
  const staged = (await listStaged(config.dataDir, ORPHAN_MS)).filter(isUuid);
  if (staged.length === 0) return;
  const open = new Set(await db.asOwner((tx) => listOpenJobs(tx, staged)));
  for (const jobId of staged) if (!open.has(jobId)) await removeStaged(config.dataDir, jobId);
}
