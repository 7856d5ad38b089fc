import { isUuid } from '../../db/database.ts';
import { removeUnusedImage } from '../../images/remove-unused.ts';
import { startComparing } from '../duplicates/compare-images.ts';
import { openFetcher } from '../fetch/fetcher.ts';
import { listOpenJobs, listRunningJobs, listUnsweptJobs } from '../imports/import-job.sql.ts';
import { type Outcome, pumpTasks } from '../queue/pump.ts';
import type { Claimed } from '../queue/queue.ts';
import type { JobTask } from '../queue/tasks.ts';
import { openStagedFiles } from '../staging/staged-files.ts';
import { isStaged, listStaged, removeStaged } from '../staging/staging.ts';
import { openJobEnds } from './end-jobs.ts';
import { gatherStatistics } from './statistics.sql.ts';
import { sweepCancelled } from './sweep-cancelled.ts';
import { type ImportServices, Interrupted, parseItemTask, readFeedTask } from './work.ts';

export interface ImportWorker {
  /** Ends what is in flight; the rest waits in the queue for the next start. */
  stop(): Promise<void>;
}

/** Items in flight: some share the model's runs while others are fetched, decoded or stored. */
export const ITEMS_IN_FLIGHT = 12;
/** Further ones for other shops, while one whose pictures come slowly has all of those. */
const ITEMS_KEPT_FREE = 4;
/** Feeds read side by side, each of another shop: a shop's own land in the order in which they came. */
const READERS = 4;
/** How long one is read while others wait for a reader. */
const TURN_MS = 10_000;
const SWEEPS = 2;
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
  const onError = (error: unknown) => log.error('The import met an error and will try again.', error);

  await resumeImports(services);
  await sweepStaged(services);
  const sweeping = setInterval(() => void sweepStaged(services).catch(onError), SWEEP_MS);
  sweeping.unref();

  const comparing = startComparing(services);
  const isStopped = () => stopping;
  const feeds = pumpTasks(
    queue.feeds,
    { width: READERS, share: 1, pollMs: POLL_MS, onError },
    laterIfInterrupted((claimed) => readFeedTask(work, claimed, { isStopped, isTurnOver: beginTurn(queue) })),
  );
  const items = pumpTasks(
    queue.items,
    { width: ITEMS_IN_FLIGHT + ITEMS_KEPT_FREE, share: ITEMS_IN_FLIGHT, pollMs: POLL_MS, onError },
    async (claimed) => {
      const outcome = await parseItemTask(work, claimed);
      comparing.wake();
      return outcome;
    },
  );
  const cancelled = pumpTasks(
    queue.cancelled,
    { width: SWEEPS, share: 1, pollMs: POLL_MS, onError },
    laterIfInterrupted(async ({ task }) => {
      await sweepCancelled(work, task, isStopped);
      return 'done';
    }),
  );
  const files = pumpTasks(
    queue.files,
    { width: 1, pollMs: FILES_POLL_MS, onError },
    async ({ task: { sha256 } }) => ((await removeUnusedImage(services, sha256)) ? 'done' : 'again'),
  );
  queue.onSend = () => {
    feeds.wake();
    items.wake();
    cancelled.wake();
  };
  return {
    async stop() {
      stopping = true;
      clearInterval(sweeping);
      queue.onSend = undefined;
      await Promise.all([feeds.stop(), items.stop(), cancelled.stop(), files.stop(), comparing.stop()]);
      await ends.close();
      await Promise.all([staged.closeAll(), fetcher.close()]);
    },
  };
}

/** What was interrupted is gone on with later, and did not fail. */
function laterIfInterrupted<Task>(work: (claimed: Claimed<Task>) => Promise<Outcome>) {
  return (claimed: Claimed<Task>): Promise<Outcome> =>
    work(claimed).catch((error: unknown) => {
      if (error instanceof Interrupted) return 'later';
      throw error;
    });
}

/** Whether a reading has had its turn, and a feed of another shop waits for a reader. It begins when first asked. */
function beginTurn({ feeds }: ImportServices['queue']): () => Promise<boolean> {
  let until: number | undefined;
  return async () => {
    until ??= Date.now() + TURN_MS;
    if (Date.now() < until) return false;
    until = Date.now() + TURN_MS;
    return feeds.isAnotherWaiting();
  };
}

/**
 * Goes on with what a killed process had begun. A data folder is one process's alone (`lockDataDir`), so whoever had
 * claimed tasks of the jobs whose feeds lie in it is gone. Servers that share a PostgreSQL may have folders of their
 * own: another's jobs are left to it.
 */
async function resumeImports({ config, db, queue }: ImportServices): Promise<void> {
  const ownOf = async (jobs: readonly JobTask[]) => {
    const staged = await Promise.all(jobs.map(({ jobId }) => isStaged(config.dataDir, jobId)));
    return jobs.filter((_, i) => db.kind === 'embedded' || staged[i]);
  };
  const running = await ownOf(await db.asOwner(listRunningJobs));
  const cancelled = await ownOf(await db.asOwner(listUnsweptJobs));
  if (running.length + cancelled.length === 0) return;
  await db.asOwner(gatherStatistics);
  await queue.release([...running, ...cancelled].map(({ jobId }) => jobId));
  await queue.feeds.send(running);
  await queue.cancelled.send(cancelled);
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
