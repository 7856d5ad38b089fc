// Runs PGlite (PostgreSQL in WebAssembly) on its own thread, because its queries block the event loop, and serves
// PostgreSQL's protocol to the main thread. Plain JavaScript, so that any loader can start it.
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { SyncedFiles } from './embedded-files.mjs';
import { startParams } from './embedded-settings.mjs';

const { folder, socket } = workerData;
const db = await PGlite.create({ fs: new SyncedFiles(folder), extensions: { vector }, startParams });
// Two, so that a broken connection can be replaced while the server is still closing it. The pool never holds more than
// one.
const server = new PGLiteSocketServer({ db, maxConnections: 2, ...socket });
await server.start();

// The bytes of each answer are garbage at once, and V8 lets 0.1 GiB of it gather before it collects.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
const MOST_GARBAGE_BYTES = 24 * 1024 * 1024;
const LOOK_MS = 250;
const held = () => {
  const { used_heap_size: heap, external_memory: outside } = getHeapStatistics();
  return heap + outside;
};
let least = held();
setInterval(() => {
  const now = held();
  least = Math.min(least, now);
  if (now - least < MOST_GARBAGE_BYTES) return;
  collectGarbage();
  least = held();
}, LOOK_MS).unref();

parentPort.on('message', async () => {
  await server.stop();
  await db.close();
  parentPort.postMessage('closed');
  parentPort.close();
});
parentPort.postMessage('ready');
