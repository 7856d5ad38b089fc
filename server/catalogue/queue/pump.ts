import { isOutage } from '../../errors/outage.ts';
import type { Claimed, TaskQueue } from './task-queue.ts';

export interface Pump {
  /** Looks for tasks now instead of at the next poll. */
  wake(): void;
  /** Claims no more tasks, and waits for those in flight. */
  stop(): Promise<void>;
}

/** `again` fails the task: it is retried after a pause. `later` returns it to the queue for its shop's next turn, and `wait` for one after a pause. */
export type Outcome = 'done' | 'again' | 'later' | 'wait';

/** For `wait`: the shop's other tasks get its turns meanwhile. */
const WAIT_SECONDS = 1;
/** Until a task is tried again for which the database, the store or the disk could not be had. */
const OUTAGE_SECONDS = 15;
/** After an outage nothing more is claimed for so long: it would fail, too. */
const REST_MS = 2000;

export interface PumpOptions {
  /** Tasks in flight at a time. */
  readonly width: number;
  /** How many of them one shop may have, so that other shops never wait for it. */
  readonly share?: number;
  readonly pollMs: number;
  /** Receives what `work` or the queue throws; the task is retried. An outage does not count as one of its attempts. */
  readonly onError: (error: unknown) => void;
}

/** Keeps tasks of a queue in flight: while one waits for the disk or the network, another uses the model. */
export function pumpTasks<Task>(
  queue: Pick<TaskQueue<Task>, 'claim' | 'finish' | 'retry' | 'releaseTask' | 'holdTask'>,
  { width, share = width, pollMs, onError }: PumpOptions,
  work: (claimed: Claimed<Task>) => Promise<Outcome>,
): Pump {
  const flying = new Set<Promise<void>>();
  let stopped = false;
  let woken = false;
  let restsUntil = 0;
  let ring: () => void = () => undefined;

  async function run(claimed: Claimed<Task>): Promise<void> {
    try {
      const outcome = await work(claimed).catch((error: unknown): Outcome | 'outage' => {
        if (!stopped) onError(error);
        return isOutage(error) ? 'outage' : 'again';
      });
      if (outcome === 'outage') restsUntil = Date.now() + REST_MS;
      if (outcome === 'done') await queue.finish(claimed);
      else if (outcome === 'later') await queue.releaseTask(claimed);
      else if (outcome === 'wait') await queue.releaseTask(claimed, WAIT_SECONDS);
      else if (outcome === 'outage') await queue.holdTask(claimed, OUTAGE_SECONDS);
      else await queue.retry(claimed);
    } catch (error) {
      // The claim expires by itself.
      onError(error);
    }
  }

  async function fill(): Promise<void> {
    const room = width - flying.size;
    if (room <= 0 || Date.now() < restsUntil) return;
    for (const claimed of await queue.claim(room, share)) {
      const flight = run(claimed).finally(() => {
        flying.delete(flight);
        woken = true;
        ring();
      });
      flying.add(flight);
    }
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      woken = false;
      await fill().catch(onError);
      if (!stopped && !woken) await nextEvent(flying.size >= width ? undefined : pollMs);
    }
  }

  function nextEvent(ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const looping = loop();
  return {
    wake() {
      woken = true;
      ring();
    },
    async stop() {
      stopped = true;
      ring();
      await looping;
      await Promise.all(flying);
    },
  };
}
