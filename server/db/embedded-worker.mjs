// Runs PGlite (PostgreSQL in WebAssembly) on its own thread, because its queries block the event loop, and serves
// PostgreSQL's protocol to the main thread. Plain JavaScript, so that any loader can start it.
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

parentPort.on('message', async () => {
  await server.stop();
  await db.close();
  parentPort.postMessage('closed');
  parentPort.close();
});
parentPort.postMessage('ready');
