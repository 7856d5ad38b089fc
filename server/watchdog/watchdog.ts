import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type InHand, LAYOUT } from './in-hand.ts';

export interface Watchdog {
  stop(): Promise<void>;
}

const TURN_MS = 500;

/**
 * Ends the process when the main thread's event loop has not turned for `seconds`: a hung server answers nothing, yet
 * keeps its port and its data folder, and nothing would start it again. 0 switches it off. The thread counts only time
 * in which it runs itself, so a process that was suspended, or a machine that slept, is not taken for a hung one.
 */
export function startWatchdog(seconds: number, { shared }: InHand): Watchdog {
  if (seconds === 0) return { stop: async () => undefined };
  const numbers = new Int32Array(shared, 0, 2);
  const turning = setInterval(() => Atomics.add(numbers, LAYOUT.turns, 1), TURN_MS);
  turning.unref();
  const worker = new Worker(new URL('./watchdog-worker.mjs', import.meta.url), {
    workerData: { shared, seconds, layout: LAYOUT },
    // It needs none of the main thread's loaders, and hardly any memory.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  });
  worker.unref();
  // Without it, the server does what it did before.
  worker.on('error', (error) => console.error('The watchdog has ended.', error));
  return {
    async stop() {
      clearInterval(turning);
      const ended = once(worker, 'exit');
      await worker.terminate();
      await ended;
    },
  };
}
