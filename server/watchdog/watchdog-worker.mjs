// Watches from a thread of its own whether the main thread's event loop turns. Plain JavaScript, so that it can be
// started without a loader.
import { writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { workerData } from 'node:worker_threads';

const LOOK_MS = 1000;

const { shared, seconds, layout } = workerData;
const numbers = new Int32Array(shared, 0, 2);

let turns = Atomics.load(numbers, layout.turns);
let lookedAt = performance.now();
let silentMs = 0;

setInterval(() => {
  const now = performance.now();
  // This thread was late too: the process was suspended, the machine slept or had no time for either of them.
  const passed = Math.min(now - lookedAt, 2 * LOOK_MS);
  lookedAt = now;
  const last = turns;
  turns = Atomics.load(numbers, layout.turns);
  silentMs = turns === last ? silentMs + passed : 0;
  if (silentMs >= seconds * 1000) end();
}, LOOK_MS);

function end() {
  const length = Atomics.load(numbers, layout.length);
  const text = Buffer.from(new Uint8Array(shared, layout.textFrom, length)).toString();
  const inHand = text === '' ? 'No long work was in hand.' : `In hand: ${text}.`;
  try {
    // A worker's own console writes through the main thread.
    writeSync(
      2,
      `The server has not responded for ${Math.round(silentMs / 1000)} seconds and ends itself, to be started again (WATCHDOG_SECONDS). ${inHand}\n`,
    );
  } finally {
    // Nothing softer reaches a main thread that hangs.
    process.kill(process.pid, 'SIGKILL');
  }
}
