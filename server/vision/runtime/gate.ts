/** Bounded concurrency: a fixed number of tasks run, a fixed number wait, and the rest get BusyError. */
import { BusyError } from '../../errors/errors.ts';
import type { Turn } from '../contract.ts';

export interface Gate {
  /**
   * Runs the task when its turn comes: shoppers' tasks first, then the others, one of each turn after the other; of one
   * turn first come, first served. Throws BusyError if the queue is full.
   */
  run<T>(task: () => Promise<T>, turn?: Turn): Promise<T>;
  /** Accepts no more tasks; resolves when all accepted ones have ended. */
  close(): Promise<void>;
}

/** `width` tasks run at once, and `waiting` more may wait. */
export function openGate(width: number, waiting: number): Gate {
  /** In the order of their turns. */
  const queues = new Map<Turn, (() => void)[]>();
  const idle: (() => void)[] = [];
  let running = 0;
  let closed = false;
  /** Running mean of a task's time, to estimate how long the queue takes. */
  let meanMs = 1000;

  const queued = () => [...queues.values()].reduce((sum, { length }) => sum + length, 0);
  const retryAfter = () => Math.max(1, Math.ceil((meanMs * (queued() + 1)) / width / 1000));

  async function enter(turn: Turn): Promise<void> {
    if (closed) throw new BusyError('The server is shutting down.', 5);
    if (running < width) {
      running++;
      return;
    }
    if (queued() >= waiting) {
      throw new BusyError('Too many images are waiting; try again shortly.', retryAfter());
    }
    // The finished task hands its slot to the next one: `running` does not change.
    await new Promise<void>((resolve) => queues.set(turn, [...(queues.get(turn) ?? []), resolve]));
  }

  function takeNext(): (() => void) | undefined {
    const turn = queues.has('shopper') ? 'shopper' : [...queues.keys()][0];
    if (turn === undefined) return undefined;
    const [next, ...others] = queues.get(turn)!;
    queues.delete(turn);
    if (others.length > 0) queues.set(turn, others);
    return next;
  }

  function leave(): void {
    const next = takeNext();
    if (next) {
      next();
      return;
    }
    running--;
    if (running === 0) for (const resolve of idle.splice(0)) resolve();
  }

  return {
    async run(task, turn = 'shopper') {
      await enter(turn);
      const start = performance.now();
      try {
        return await task();
      } finally {
        meanMs += (performance.now() - start - meanMs) / 8;
        leave();
      }
    },
    async close() {
      closed = true;
      if (running > 0) await new Promise<void>((resolve) => idle.push(resolve));
    },
  };
}
