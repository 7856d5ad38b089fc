import type { Database } from '../../db/database.ts';
import { oneServerAtATime } from '../../db/starting.ts';
import type { Log } from '../../log.ts';
import type { FileStore } from '../../store/file-store.ts';
import { startBoss } from './boss.ts';
import { adoptTasks, extendClaims, indexTurns, releaseClaims, releaseQueue } from './queue.sql.ts';
import { openTaskQueue, type TaskQueue } from './task-queue.ts';
import type { EndpointTask, FeedTask, FileTask, ItemKey, ItemTask, JobTask } from './tasks.ts';
import { uuidOf } from './uuid.ts';

const FEEDS = 'catalogue-feeds';
const ITEMS = 'catalogue-items';
const FILES = 'catalogue-files';
const CANCELLED = 'catalogue-cancelled';
/** Those whose tasks are the work of imports. */
export const IMPORT_QUEUES = [FEEDS, ITEMS, CANCELLED];
const WEBHOOKS = 'webhook-endpoints';
/** After this time a file is no longer recent, see `removeUnusedImage`. */
const FILES_DELAY_SECONDS = 15 * 60;
const EXTEND_MS = 10_000;

export interface ImportQueue {
  readonly feeds: TaskQueue<FeedTask>;
  readonly items: TaskQueue<ItemTask, ItemKey>;
  /** Tasks become due a quarter of an hour after they are sent. */
  readonly files: TaskQueue<FileTask>;
  /** Cancelled imports, some of whose items are still in the queue. */
  readonly cancelled: TaskQueue<JobTask>;
  /** Endpoints of shops that deliveries are due to. */
  readonly webhooks: TaskQueue<EndpointTask>;
  /** Called whenever this process has sent tasks; the queue is polled as well. */
  onSend: (() => void) | undefined;
  /** Releases another process's claims on these jobs. Only safe if that process is gone. */
  release(jobIds: readonly string[]): Promise<void>;
  /** The same for all endpoints of webhooks. */
  releaseWebhooks(): Promise<void>;
  /** Takes over the tasks of these jobs, whose files have come into this server's store. */
  adopt(jobIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the import's queues; call it once per process. The tasks of a killed process are free again when their claims
 * expire, or at once after `release`.
 */
export async function openImportQueue(
  db: Database,
  log: Log,
  { name: store }: Pick<FileStore, 'name'>,
): Promise<ImportQueue> {
  const boss = await oneServerAtATime(db.pool, db.kind, async () => {
    const started = await startBoss(db, log, [FEEDS, ITEMS, FILES, CANCELLED, WEBHOOKS]);
    await db.asOwner(indexTurns);
    return started;
  });

  const parts = { boss, db, log, store };
  const onSend = () => queue.onSend?.();
  const idOfJob = ({ jobId, attempt }: JobTask) => uuidOf(jobId, `${attempt}`);
  const idOfItem = ({ jobId, itemId, attempt }: ItemKey) => uuidOf(jobId, itemId, `${attempt}`);
  const feeds = openTaskQueue<FeedTask>(parts, { name: FEEDS, idOf: idOfJob, onSend });
  const items = openTaskQueue<ItemTask, ItemKey>(parts, { name: ITEMS, idOf: idOfItem, onSend });
  const files = openTaskQueue<FileTask>(parts, {
    name: FILES,
    idOf: ({ sha256 }) => uuidOf(sha256),
    delaySeconds: FILES_DELAY_SECONDS,
    onSend,
  });
  const cancelled = openTaskQueue<JobTask>(parts, { name: CANCELLED, idOf: idOfJob, onSend });
  const webhooks = openTaskQueue<EndpointTask>(parts, {
    name: WEBHOOKS,
    idOf: ({ shopId, endpointId }) => uuidOf(shopId, endpointId),
    needsNoFiles: true,
    // Whoever sends these tasks is who works on them.
    onSend: () => undefined,
  });
  const opened = [feeds, items, files, cancelled, webhooks];
  const extending = keepExtending(db, log, opened);
  const queue: ImportQueue = {
    feeds: feeds.tasks,
    items: items.tasks,
    files: files.tasks,
    cancelled: cancelled.tasks,
    webhooks: webhooks.tasks,
    onSend: undefined,
    release: (jobIds) => db.asOwner((tx) => releaseClaims(tx, [FEEDS, ITEMS, CANCELLED], jobIds)),
    releaseWebhooks: () => db.asOwner((tx) => releaseQueue(tx, WEBHOOKS)),
    adopt: (jobIds) => db.asOwner((tx) => adoptTasks(tx, [FEEDS, ITEMS, CANCELLED], jobIds, store)),
    async close() {
      clearInterval(extending);
      for (const { flush } of opened) await flush();
      await boss.stop({ graceful: false, close: false });
    },
  };
  return queue;
}

/** Extends the claims of tasks in progress before they expire. */
function keepExtending(
  db: Database,
  log: Pick<Log, 'error'>,
  queues: readonly { readonly name: string; readonly claimedIds: ReadonlySet<string> }[],
): NodeJS.Timeout {
  const timer = setInterval(() => {
    for (const { name, claimedIds } of queues) {
      if (claimedIds.size === 0) continue;
      db.asOwner((tx) => extendClaims(tx, name, [...claimedIds])).catch((error: unknown) =>
        log.error('The claims of running imports could not be extended.', error),
      );
    }
  }, EXTEND_MS);
  return timer.unref();
}
