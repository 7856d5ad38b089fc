import PgBoss from 'pg-boss';
import type { Database } from '../../db/database.ts';
import type { Log } from '../../log.ts';
import {
  claimInTurns,
  extendClaims,
  indexTurns,
  isAnotherWaiting,
  putBack,
  releaseClaims,
} from './queue.sql.ts';
import type { FeedTask, FileTask, ItemKey, ItemTask, JobTask } from './tasks.ts';
import { uuidOf } from './uuid.ts';

const FEEDS = 'catalogue-feeds';
const ITEMS = 'catalogue-items';
const FILES = 'catalogue-files';
const CANCELLED = 'catalogue-cancelled';
const QUEUES = [FEEDS, ITEMS, FILES, CANCELLED];
/** By then a file that was new is not so any more: see `removeUnusedImage`. */
const FILES_AFTER_SECONDS = 15 * 60;
/** A claim that is not extended for this long belongs to a dead process. */
const EXPIRE_SECONDS = 45;
const EXTEND_MS = 10_000;
const MAINTENANCE_SECONDS = 15;
/** Tasks that are done are taken from the queue so many at a time, or after so long. */
const FINISHED = 100;
const FINISHED_MS = 200;
/** The worker gives up by itself, see `Claimed.attempt`; pg-boss must not do so behind its back. */
const RETRY_LIMIT = 1_000;
const RETRY_DELAY_SECONDS = 2;

/** A task that this process holds until it calls `finish` or `retry`. */
export interface Claimed<Task> {
  readonly id: string;
  readonly task: Task;
  /** 1 at first; counts failures and killed processes alike. */
  readonly attempt: number;
}

/** A durable queue: what is sent is worked on at least once, by whichever process claims it. `Key` tells tasks apart. */
export interface TaskQueue<Task extends Key, Key = Task> {
  /** Sending a task again while it waits or runs changes nothing. */
  send(tasks: readonly Task[]): Promise<void>;
  /** Takes it from the queue again; one that is being worked on is not stopped. */
  withdraw(keys: readonly Key[]): Promise<void>;
  /**
   * Shops take turns: one task of each before a second of any. This process holds at most `share` tasks of one shop at
   * a time.
   */
  claim(limit: number, share: number): Promise<Claimed<Task>[]>;
  finish(claimed: Claimed<Task>): Promise<void>;
  /** Hands the task back, to be tried again after a pause that doubles. */
  retry(claimed: Claimed<Task>): Promise<void>;
  /** Hands the task back to be gone on with in its shop's next turn. This is not a failure, and counts as none. */
  putBack(claimed: Claimed<Task>): Promise<void>;
  /** Whether a shop waits of whose tasks this process holds none. */
  isAnotherWaiting(): Promise<boolean>;
}

export interface ImportQueue {
  readonly feeds: TaskQueue<FeedTask>;
  readonly items: TaskQueue<ItemTask, ItemKey>;
  /** Their tasks are claimed a quarter of an hour after they were sent. */
  readonly files: TaskQueue<FileTask>;
  /** Imports that were cancelled, of whose items some are still to be taken out of the work. */
  readonly cancelled: TaskQueue<JobTask>;
  /** Called whenever this process has sent tasks; the queue is polled as well. */
  onSend: (() => void) | undefined;
  /** Frees what another process had claimed of these jobs. Only where none can be working on them any more. */
  release(jobIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * The import's queues, kept by pg-boss in the schema `pgboss` of the same database. Call it once a process. A
 * killed process's tasks are free again when their claim expires, or when `release` says that it is gone.
 */
export async function openImportQueue(db: Database, log: Log): Promise<ImportQueue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => execute(db, text, values) },
    schedule: false,
    maintenanceIntervalSeconds: MAINTENANCE_SECONDS,
  });
  boss.on('error', (error) => log.error('The import queue has a problem.', error));
  await boss.start();
  const options = {
    retryLimit: RETRY_LIMIT,
    retryDelay: RETRY_DELAY_SECONDS,
    retryBackoff: true,
    expireInSeconds: EXPIRE_SECONDS,
  };
  for (const name of QUEUES) await boss.createQueue(name, { name, ...options });
  await db.asOwner(indexTurns);

  const forgetting: (() => Promise<void>)[] = [];
  const held = new Map(QUEUES.map((name) => [name, new Set<string>()]));
  const extend = setInterval(() => {
    for (const [name, ids] of held) {
      if (ids.size === 0) continue;
      db.asOwner((tx) => extendClaims(tx, name, [...ids])).catch((error: unknown) =>
        log.error('The claims of running imports could not be extended.', error),
      );
    }
  }, EXTEND_MS);
  extend.unref();

  const queue: ImportQueue = {
    feeds: taskQueue<FeedTask>(FEEDS, ({ jobId, attempt }) => uuidOf(jobId, `${attempt}`)),
    items: taskQueue<ItemTask, ItemKey>(ITEMS, ({ jobId, itemId, attempt }) =>
      uuidOf(jobId, itemId, `${attempt}`),
    ),
    files: taskQueue<FileTask>(FILES, ({ sha256 }) => uuidOf(sha256), FILES_AFTER_SECONDS),
    cancelled: taskQueue<JobTask>(CANCELLED, ({ jobId, attempt }) => uuidOf(jobId, `${attempt}`)),
    onSend: undefined,
    release: (jobIds) => db.asOwner((tx) => releaseClaims(tx, [FEEDS, ITEMS, CANCELLED], jobIds)),
    async close() {
      clearInterval(extend);
      for (const forget of forgetting) await forget();
      await boss.stop({ graceful: false, close: false });
    },
  };
  return queue;

  function taskQueue<Task extends Key & object, Key = Task>(
    name: string,
    idOf: (key: Key) => string,
    afterSeconds = 0,
  ): TaskQueue<Task, Key> {
    const mine = held.get(name)!;
    // Tasks in hand, by shop.
    const inHand = new Map<string, number>();
    const count = (task: Task, by: number) => {
      const shop = shopOf(task);
      const left = (inHand.get(shop) ?? 0) + by;
      if (left > 0) inHand.set(shop, left);
      else inHand.delete(shop);
    };
    let lastShop = '';
    const finished: string[] = [];
    let later: NodeJS.Timeout | undefined;
    // What became of a task is in our own tables: pg-boss need not keep it. One that a kill leaves in the queue is
    // claimed again, and found to be done.
    const forget = async () => {
      clearTimeout(later);
      later = undefined;
      const ids = finished.splice(0);
      if (ids.length === 0) return;
      await boss.deleteJob(name, ids).catch((error: unknown) => {
        log.error('Tasks that are done could not be taken from the queue.', error);
      });
      for (const id of ids) mine.delete(id);
    };
    forgetting.push(forget);
    return {
      async send(tasks) {
        const startAfter = afterSeconds > 0 ? { startAfter: new Date(Date.now() + afterSeconds * 1000) } : {};
        const jobs = tasks.map((data) => ({ id: idOf(data), name, data, ...startAfter }));
        if (jobs.length > 0) await boss.insert(jobs);
        queue.onSend?.();
      },
      async withdraw(keys) {
        if (keys.length > 0) await boss.deleteJob(name, keys.map(idOf));
      },
      async claim(limit, share) {
        const turns = { limit, share, held: Object.fromEntries(inHand), lastShop };
        const rows = await db.asOwner((tx) => claimInTurns<Task>(tx, name, turns));
        lastShop = rows.at(-1)?.shopId ?? lastShop;
        for (const { id, data } of rows) {
          mine.add(id);
          count(data, 1);
        }
        return rows.map(({ id, data, retryCount }) => ({ id, task: data, attempt: retryCount + 1 }));
      },
      async finish({ id, task }) {
        count(task, -1);
        finished.push(id);
        if (finished.length >= FINISHED) await forget();
        else later ??= setTimeout(forget, FINISHED_MS);
      },
      async retry({ id, task }) {
        count(task, -1);
        mine.delete(id);
        await boss.fail(name, id);
      },
      async putBack({ id, task }) {
        count(task, -1);
        mine.delete(id);
        await db.asOwner((tx) => putBack(tx, name, id));
      },
      isAnotherWaiting: () => db.asOwner((tx) => isAnotherWaiting(tx, name, [...inHand.keys()])),
    };
  }
}

/** The removal of files is no shop's own work. */
function shopOf(task: object): string {
  return 'shopId' in task ? String(task.shopId) : '';
}

async function execute(db: Database, text: string, values?: unknown[]) {
  const client = await db.pool.connect();
  let broken = false;
  try {
    return await client.query(text, values);
  } catch (error) {
    // pg-boss sends "begin; …; commit" as one text: after a failure the transaction is still open.
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
