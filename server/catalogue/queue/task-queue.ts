import type PgBoss from 'pg-boss';
import { againIfOvertaken } from '../../db/again.ts';
import type { Database } from '../../db/database.ts';
import type { Log } from '../../log.ts';
import { openFinishedTasks } from './finished.ts';
import {
  claimInTurns,
  deleteTasks,
  holdTask,
  isAnotherWaiting,
  listQueued,
  releaseTask,
} from './queue.sql.ts';

/** A task that this process holds until it calls `finish` or `retry`. */
export interface Claimed<Task> {
  readonly id: string;
  readonly task: Task;
  /** Starts at 1; counts failures and killed processes alike. */
  readonly attempt: number;
}

/** A durable queue: every task is processed at least once, by whichever process with its files claims it. `Key` identifies a task. */
export interface TaskQueue<Task extends Key, Key = Task> {
  /** Sending a task that is already waiting or running changes nothing. */
  send(tasks: readonly Task[]): Promise<void>;
  /** Removes it from the queue; one in progress is not stopped. */
  withdraw(keys: readonly Key[]): Promise<void>;
  /** Shops take turns, one task each. This process holds at most `share` tasks of one shop at a time. */
  claim(limit: number, share: number): Promise<Claimed<Task>[]>;
  finish(claimed: Claimed<Task>): Promise<void>;
  /** Returns the task to the queue, to be retried after a pause that doubles each time. */
  retry(claimed: Claimed<Task>): Promise<void>;
  /** Returns the task to the queue, to be continued in its shop's next turn, or in one after a pause. This does not count as a failure. */
  releaseTask(claimed: Claimed<Task>, pauseSeconds?: number): Promise<void>;
  /** Returns the task to the queue, due after a pause. This attempt does not count, those before it do. */
  holdTask(claimed: Claimed<Task>, pauseSeconds: number): Promise<void>;
  /** Those of these tasks that the queue does not have. */
  listMissing<Sent extends Task>(tasks: readonly Sent[]): Promise<Sent[]>;
  /** Whether a shop is waiting of which this process holds no tasks. */
  isAnotherWaiting(): Promise<boolean>;
}

/** What the queues of one process share. */
export interface QueueParts {
  readonly boss: PgBoss;
  readonly db: Database;
  readonly log: Pick<Log, 'error'>;
  /** The store that has the files of the tasks sent here. Servers with other stores leave them alone. */
  readonly store: string;
}

export interface QueueOptions<Key> {
  readonly name: string;
  /** The same id for the same task. */
  readonly idOf: (key: Key) => string;
  readonly delaySeconds?: number;
  /** Whether any server may work on its tasks, whatever store has its files. */
  readonly needsNoFiles?: boolean;
  readonly onSend: () => void;
}

/** An open queue, with the ids that this process has claimed. */
export interface OpenTaskQueue<Task extends Key, Key = Task> {
  readonly tasks: TaskQueue<Task, Key>;
  readonly name: string;
  readonly claimedIds: ReadonlySet<string>;
  /** Deletes the finished tasks that are left. */
  flush(): Promise<void>;
}

export function openTaskQueue<Task extends Key & object, Key = Task>(
  { boss, db, log, store: own }: QueueParts,
  { name, idOf, delaySeconds = 0, needsNoFiles = false, onSend }: QueueOptions<Key>,
): OpenTaskQueue<Task, Key> {
  const store = needsNoFiles ? null : own;
  const claimedIds = new Set<string>();
  const held = countByShop();
  // pg-boss's own maintenance may still get in its way.
  const remove = (ids: readonly string[]) =>
    againIfOvertaken(() => db.asOwner((tx) => deleteTasks(tx, name, ids)));
  const finished = openFinishedTasks(async (ids) => {
    await remove(ids).catch((error: unknown) => {
      log.error('Finished tasks could not be deleted from the queue.', error);
    });
    for (const id of ids) claimedIds.delete(id);
  });
  let lastShop = '';
  const tasks: TaskQueue<Task, Key> = {
    async send(sent) {
      const startAfter = delaySeconds > 0 ? { startAfter: new Date(Date.now() + delaySeconds * 1000) } : {};
      const jobs = sent.map((task) => ({
        id: idOf(task),
        name,
        data: { ...task, ...(store !== null && { store }) },
        ...startAfter,
      }));
      if (jobs.length > 0) await boss.insert(jobs);
      onSend();
    },
    async withdraw(keys) {
      if (keys.length > 0) await remove(keys.map(idOf));
    },
    async claim(limit, share) {
      const turns = { limit, share, held: held.byShop(), lastShop, store };
      const rows = await db.asOwner((tx) => claimInTurns<Task>(tx, name, turns));
      lastShop = rows.at(-1)?.shopId ?? lastShop;
      for (const { id, data } of rows) {
        claimedIds.add(id);
        held.add(data, 1);
      }
      return rows.map(({ id, data, retryCount }) => ({ id, task: data, attempt: retryCount + 1 }));
    },
    async finish({ id, task }) {
      held.add(task, -1);
      await finished.add(id);
    },
    async retry({ id, task }) {
      held.add(task, -1);
      claimedIds.delete(id);
      await boss.fail(name, id);
    },
    async releaseTask({ id, task }, pauseSeconds = 0) {
      held.add(task, -1);
      claimedIds.delete(id);
      await db.asOwner((tx) => releaseTask(tx, name, id, pauseSeconds));
    },
    async holdTask({ id, task }, pauseSeconds) {
      held.add(task, -1);
      claimedIds.delete(id);
      await db.asOwner((tx) => holdTask(tx, name, id, pauseSeconds));
    },
    async listMissing(sent) {
      if (sent.length === 0) return [];
      const known = new Set(await db.asOwner((tx) => listQueued(tx, name, sent.map(idOf))));
      return sent.filter((task) => !known.has(idOf(task)));
    },
    isAnotherWaiting: () =>
      db.asOwner((tx) => isAnotherWaiting(tx, name, { shopIds: Object.keys(held.byShop()), store })),
  };
  return { tasks, name, claimedIds, flush: finished.flush };
}

/** How many tasks of each shop this process holds. */
function countByShop() {
  const counts = new Map<string, number>();
  return {
    byShop: () => Object.fromEntries(counts),
    add(task: object, by: number) {
      const shop = shopOf(task);
      const count = (counts.get(shop) ?? 0) + by;
      if (count > 0) counts.set(shop, count);
      else counts.delete(shop);
    },
  };
}

/** Deleting files belongs to no shop. */
function shopOf(task: object): string {
  return 'shopId' in task ? String(task.shopId) : '';
}
