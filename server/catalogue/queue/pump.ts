import type { Claimed, TaskQueue } from './queue.ts';

export interface Pump {
  /** Looks for tasks now instead of at the next poll. */
  wake(): void;
  /** Claims no more, waits for what is in flight, and hands back what was claimed and not begun. */
  stop(): Promise<void>;
}

/**
 * Keeps `width` tasks of a queue in flight, claimed some at a time: while one waits for the disk or the network,
 * another has the model. `onError` hears of what `work` or the queue throws; such a task is tried again.
 */
export function pumpTasks<Task>(
  queue: TaskQueue<Task>,
  options: { width: number; claim: number; pollMs: number; onError: (error: unknown) => void },
  work: (claimed: Claimed<Task>) => Promise<'done' | 'retry'>,
): Pump {
  const flying = new Set<Promise<void>>();
  const waiting: Claimed<Task>[] = [];
  let stopped = false;
  let woken = false;
  let ring: () => void = () => undefined;

  async function run(claimed: Claimed<Task>): Promise<void> {
    try {
      const outcome = await work(claimed).catch((error: unknown) => {
        if (!stopped) options.onError(error);
        return 'retry' as const;
      });
      await (outcome === 'done' ? queue.finish(claimed) : queue.retry(claimed));
    } catch (error) {
      // The claim runs out by itself.
      options.onError(error);
    }
  }

  async function fill(): Promise<void> {
    if (waiting.length === 0) waiting.push(...(await queue.claim(options.claim)));
    while (flying.size < options.width) {
      const next = waiting.shift();
      if (!next) return;
      const flight = run(next).finally(() => {
        flying.delete(flight);
        ring();
      });
      flying.add(flight);
    }
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      woken = false;
      await fill().catch(options.onError);
      const busy = flying.size >= options.width;
      if (!stopped && !woken && !(waiting.length > 0 && !busy))
        await nextEvent(busy ? undefined : options.pollMs);
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
      for (const claimed of waiting) await queue.retry(claimed).catch(options.onError);
    },
  };
}
