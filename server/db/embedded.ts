import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import type pg from 'pg';
import { makeFolder, syncFolder, syncTree } from '../store/sync.ts';
import { startAutovacuum } from './autovacuum.ts';
import { startCheckpoints } from './checkpoints.ts';
import { zipRunning } from './embedded-copy.ts';
import { openEmbeddedPool } from './pool.ts';

export interface Embedded {
  readonly pool: pg.Pool;
  /** Writes a zip of the database while it stays in use. One at a time. */
  copy(out: Writable): Promise<void>;
  close(): Promise<void>;
}

/** The system's own folder, because a socket's path must be short. */
const TMP = tmpdir();
const MAKER = fileURLToPath(new URL('./embedded-maker.mjs', import.meta.url));

/**
 * Creates the database in `folder`, if there is none, in a separate process. The folder is renamed into place once
 * everything is on disk, so that a kill or a power cut never leaves half a database.
 */
export async function makeEmbedded(folder: string): Promise<void> {
  const own = await readdir(folder).catch(() => []);
  if (own.length > 0) return;
  const [parent, prefix] = [dirname(folder), `${basename(folder)}.making-`];
  await makeFolder(parent);
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
  const making = await mkdtemp(join(parent, prefix));
  try {
    await promisify(execFile)(process.execPath, [MAKER, making]);
    await syncTree(making);
    await rm(folder, { recursive: true, force: true });
    await rename(making, folder);
    await syncFolder(parent);
  } catch (cause) {
    await rm(making, { recursive: true, force: true });
    throw new Error(`The embedded database in ${folder} cannot be created.`, { cause });
  }
}

/** Opens or creates the database in `folder`. One process at a time: see `lockDataDir`. */
export async function openEmbedded(folder: string): Promise<Embedded> {
  await makeEmbedded(folder);
  // Our own lock keeps other processes out. After a power cut this file may be empty, and PostgreSQL would refuse to
  // start.
  await rm(join(folder, 'postmaster.pid'), { force: true });
  const address = await chooseAddress(folder);
  const worker = new Worker(new URL('./embedded-worker.mjs', import.meta.url), {
    workerData: { folder, socket: address.socket },
    // The worker does not need the flags of a TypeScript loader, and some break it.
    execArgv: [],
  });
  try {
    await nextMessage(worker);
  } catch (cause) {
    await address.remove();
    throw new Error(
      `The embedded database in ${folder} cannot be opened. First copy the folder to a safe place. Then restore a ` +
        'backup with npm run restore -- FOLDER --overwrite. Without a backup, remove the folder and import the feeds again.',
      { cause },
    );
  }
  const pool = openEmbeddedPool(address.client);
  const checkpoints = startCheckpoints(pool);
  const stopAutovacuum = startAutovacuum(pool);
  return {
    pool,
    copy: (out) => checkpoints.hold(() => zipRunning(pool, folder, out)),
    async close() {
      checkpoints.stop();
      stopAutovacuum();
      await pool.end();
      const closed = nextMessage(worker);
      worker.postMessage('close');
      await closed;
      await worker.terminate();
      await address.remove();
    },
  };
}

interface Address {
  socket: { path: string } | { host: string; port: number };
  client: { host: string; port: number };
  remove(): Promise<void>;
}

/** Prefix of the folders with this database's sockets. */
export function socketPrefix(database: string): string {
  return `armoire-${createHash('sha256').update(database).digest('hex').slice(0, 16)}-`;
}

/** The database asks for no password: its socket is in a folder that only this user can enter. */
async function chooseAddress(database: string): Promise<Address> {
  if (process.platform === 'win32') {
    const port = await freePort();
    const place = { host: '127.0.0.1', port };
    return { socket: place, client: place, remove: async () => undefined };
  }
  const prefix = socketPrefix(database);
  for (const name of await readdir(TMP)) {
    // Left behind by a killed process.
    if (name.startsWith(prefix)) await rm(join(TMP, name), { recursive: true, force: true });
  }
  const folder = await mkdtemp(join(TMP, prefix));
  return {
    // The file name that pg derives from host and port.
    socket: { path: join(folder, '.s.PGSQL.5432') },
    client: { host: folder, port: 5432 },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function nextMessage(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The database's thread ended with code ${code}.`)));
  });
}
