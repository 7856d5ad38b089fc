import { isUuid } from '../../db/database.ts';
import { isOtherStoreUsed } from '../../db/servers.sql.ts';
import { removeUnusedImage } from '../../images/remove-unused.ts';
import { sweepKeptItems } from '../deleted/restore-items.ts';
import { startComparing } from '../duplicates/compare-images.ts';
import { openFetcher } from '../fetch/fetcher.ts';
import { forgetImports } from '../imports/forget-imports.ts';
import {
  listCancelledJobs,
  listOpenJobs,
  listReadyToEnd,
  listRunningJobs,
  listUnreadJobs,
} from '../imports/import-job.sql.ts';
import { type Outcome, pumpTasks } from '../queue/pump.ts';
import type { Claimed } from '../queue/task-queue.ts';
import type { JobTask } from '../queue/tasks.ts';
import { sweepPreviews } from '../staging/previews.ts';
import { openStagedFiles } from '../staging/staged-files.ts';
import { isStaged, listStaged, removeStaged } from '../staging/staging.ts';
import { openJobEnds } from './end-jobs.ts';
import { foldVersions } from './fold-versions.ts';
import { parseItemTask } from './parse-item-task.ts';
import { makePlaces } from './places.ts';
import { readFeedTask } from './read-feed-task.ts';
import { makeReaders } from './readers.ts';
import { analyzeTables } from './statistics.sql.ts';
import { sweepCancelled } from './sweep-cancelled.ts';
import { type ImportServices, Interrupted } from './work.ts';

export interface ImportWorker {
  /** Waits for tasks in flight; the others stay in the queue for the next start. */
  stop(): Promise<void>;
}

/** Items in flight: while some wait for the model, others are fetched, decoded or stored. */
export const ITEMS_IN_FLIGHT = 12;
/** Extra places, so that a shop with slow pictures cannot take all of them. */
const ITEMS_KEPT_FREE = 4;
/** Feeds read at the same time, each of another shop: the feeds of one shop are imported in the order they came. */
const READERS = 4;
/** How long a feed is read while others wait. */
const TURN_MS = 10_000;
const SWEEPS = 2;
/** For retries and tasks of other processes; sending a task in this process wakes the worker. */
const POLL_MS = 1000;
const FILES_POLL_MS = 60_000;
/** For imports whose last item went without a task, such as one that was deleted. */
const ENDS_POLL_MS = 5000;

/** For imports whose tasks were never sent: the connection broke, or a server ended, just when they had been accepted. */
const LOST_POLL_MS = 30_000;

/** Works on the import's queue until it is stopped, starting with what a killed server left behind. */
export async function startImportWorker(
  services: ImportServices,
  { lostPollMs = LOST_POLL_MS } = {},
): Promise<ImportWorker> {
  const { config, queue, log, store } = services;
  const staged = openStagedFiles(store);
  const fetcher = openFetcher({ allowHosts: config.fetchAllowHosts });
  const ends = openJobEnds({ ...services, staged });
  const work = { ...services, staged, fetcher, ends, readers: makeReaders(), places: makePlaces() };
  let stopping = false;
  const onError = (error: unknown) => log.error('The import met an error and will try again.', error);

  await resumeImports(services);
  let wasAlone = await isAlone(services);
  await sweepStaged(services);
  const sweep = async () => {
    await sweepStaged(services);
    await sweepKeptItems(services);
    await forgetImports(services, () => stopping);
    await foldVersions(services);
  };
  const sweeping = setInterval(() => void sweep().catch(onError), SWEEP_MS);
  sweeping.unref();
  const endLeft = async () => {
    for (const job of await services.db.asOwner(listReadyToEnd)) ends.soon(job);
  };
  const ending = setInterval(() => void endLeft().catch(onError), ENDS_POLL_MS);
  ending.unref();

  const look = async () => {
    const alone = await isAlone(services);
    if (alone && !wasAlone) await takeOver(services);
    wasAlone = alone;
    await sendLost(services);
  };
  const sending = setInterval(() => void look().catch(onError), lostPollMs);
  sending.unref();

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
      clearInterval(ending);
      clearInterval(sending);
      queue.onSend = undefined;
      await Promise.all([feeds.stop(), items.stop(), cancelled.stop(), files.stop(), comparing.stop()]);
      await ends.close();
      await Promise.all([staged.closeAll(), fetcher.close()]);
    },
  };
}

/** An interrupted task has not failed: it continues later. */
function laterIfInterrupted<Task>(work: (claimed: Claimed<Task>) => Promise<Outcome>) {
  return (claimed: Claimed<Task>): Promise<Outcome> =>
    work(claimed).catch((error: unknown) => {
      if (error instanceof Interrupted) return 'later';
      throw error;
    });
}

/** Starts a turn when first called. Returns whether it is over and a feed of another shop is waiting. */
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
 * Continues the imports of a killed process. Only one process uses a data folder (`lockDataDir`), so claims on jobs
 * whose feeds are in ours are stale. Servers with other folders keep their jobs while they run. Those that share a bucket may be at work
 * on any job in it: the claims of a killed one expire.
 */
async function resumeImports(services: ImportServices): Promise<void> {
  const { db, queue, store } = services;
  const all = await db.asOwner(listRunningJobs);
  const running = await ownOf(services, all);
  const cancelled = await ownOf(services, await db.asOwner(listCancelledJobs));
  // The others have no feed. Any server works on them, and one that does keeps its claim.
  await queue.feeds.send(all.filter(({ kind }) => kind !== 'feed'));
  if (running.length + cancelled.length === 0) return;
  await db.asOwner(analyzeTables);
  const jobIds = [...running, ...cancelled].map(({ jobId }) => jobId);
  await queue.adopt(jobIds);
  if (!store.isShared || db.kind === 'embedded') await queue.release(jobIds);
  await queue.feeds.send(running);
  await queue.cancelled.send(cancelled);
}

/** Those of these jobs whose feeds are in this server's store, or nowhere any more: these fail as they are read. */
async function ownOf<Job extends JobTask>(services: ImportServices, jobs: readonly Job[]): Promise<Job[]> {
  if (await isAlone(services)) return [...jobs];
  const staged = await Promise.all(jobs.map(({ jobId }) => isStaged(services.store, jobId)));
  return jobs.filter((_, i) => staged[i]);
}

/** Whether all servers that run have the files that this one has. */
async function isAlone({ db, store }: ImportServices): Promise<boolean> {
  return db.kind === 'embedded' || !(await db.asOwner((tx) => isOtherStoreUsed(tx, store.name)));
}

/** Takes up what a server with other files has left: no other would, and jobs without a feed need nothing of it. */
async function takeOver({ db, queue }: ImportServices): Promise<void> {
  const running = await db.asOwner(listRunningJobs);
  const cancelled = await db.asOwner(listCancelledJobs);
  await queue.adopt([...running, ...cancelled].map(({ jobId }) => jobId));
  await queue.feeds.send(running);
  await queue.cancelled.send(cancelled);
}

/** Sends the tasks of jobs that have none, which would stay as they are until the next start. */
async function sendLost(services: ImportServices): Promise<void> {
  const { db, queue } = services;
  const unread = await queue.feeds.listMissing(await db.asOwner(listUnreadJobs));
  const feeds = await ownOf(
    services,
    unread.filter(({ kind }) => kind === 'feed'),
  );
  const lost = [...feeds, ...unread.filter(({ kind }) => kind !== 'feed')];
  if (lost.length > 0) await queue.feeds.send(lost);
  const cancelled = await queue.cancelled.listMissing(await db.asOwner(listCancelledJobs));
  if (cancelled.length > 0) await queue.cancelled.send(cancelled);
}

const SWEEP_MS = 3600 * 1000;
/** Long enough for running uploads, and, from the end of an import, for retrying it. */
const ORPHAN_MS = 24 * 3600 * 1000;

/** Removes expired previews, old feeds of ended imports, and uploads that a killed server left without a job. */
async function sweepStaged({ store, db }: ImportServices): Promise<void> {
  await sweepPreviews(store);
  const staged = (await listStaged(store, ORPHAN_MS)).filter(isUuid);
  if (staged.length === 0) return;
  const open = new Set(await db.asOwner((tx) => listOpenJobs(tx, staged, ORPHAN_MS / 1000)));
  for (const jobId of staged) if (!open.has(jobId)) await removeStaged(store, jobId);
}
