import { randomBytes } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { tryLock } from 'fs-native-extensions';
import { makeFolder } from '../store/sync.ts';
import { explainDisk, requireRoom } from './disk.ts';

/** What `${dataDir}/server.json` tells this user's other processes about the running server. */
export interface ServerFile {
  readonly pid: number;
  /** 0 until the server listens. */
  readonly port: number;
  readonly host: string;
  /** Grants what an admin key of the default shop does, for as long as the server runs. */
  readonly token: string;
}

export interface DataDirLock {
  readonly token: string;
  /** Publishes where the server listens. */
  announce(host: string, port: number): Promise<void>;
  release(): Promise<void>;
}

/** A server that is shutting down, or a command checking for one, may hold the lock for a moment. */
const PATIENCE_MS = 1500;
const RETRY_MS = 50;

/** What a restore has unpacked. While it is there, database and pictures may not be of the same moment, or be missing. */
export const restoringFolder = (dataDir: string) => join(dataDir, 'restoring');

/**
 * Locks the data folder for this process: two processes on one embedded database would lose rows silently. Throws if a
 * restore was cut short, except for another one (`toRestore`).
 *
 * The lock is the kernel's, on an open file. It works between containers that share the folder, where process ids would
 * not, and it is released however its process ends.
 */
export async function lockDataDir(dataDir: string, { toRestore = false } = {}): Promise<DataDirLock> {
  return lock(dataDir, toRestore).catch((error: unknown) => {
    throw explainDisk(error, dataDir);
  });
}

async function lock(dataDir: string, toRestore: boolean): Promise<DataDirLock> {
  await makeFolder(dataDir);
  const held = await takeLock(dataDir);
  const path = join(dataDir, 'server.json');
  const token = `ctl_${randomBytes(32).toString('base64url')}`;
  const write = async (place: { host: string; port: number }) => {
    // Renamed into place, so that a reader never sees half a file.
    const next = `${path}.next`;
    const file: ServerFile = { pid: process.pid, ...place, token };
    await writeFile(next, JSON.stringify(file), { mode: 0o600 });
    await rename(next, path);
  };
  try {
    if (!toRestore) await requireNoRestore(dataDir);
    await requireRoom(dataDir);
    await write({ host: '', port: 0 });
  } catch (error) {
    closeSync(held);
    throw error;
  }
  removeAtExit(path);
  let released = false;
  return {
    token,
    announce: (host, port) => write({ host, port }),
    async release() {
      // The number of a closed file may be another one's by now.
      if (released) return;
      released = true;
      left.delete(path);
      await rm(path, { force: true });
      closeSync(held);
    },
  };
}

/** The files of folders that are locked. */
const left = new Set<string>();

/** Also a process that does not wait for its end leaves no token. */
function removeAtExit(path: string): void {
  if (left.size === 0) process.once('exit', removeLeft);
  left.add(path);
}

function removeLeft(): void {
  for (const path of left) rmSync(path, { force: true });
}

async function requireNoRestore(dataDir: string): Promise<void> {
  const folder = restoringFolder(dataDir);
  if ((await stat(folder).catch(() => null)) === null) return;
  throw new Error(
    `A restore to ${dataDir} was cut short. Run it again with --overwrite, or remove ${folder} to start with what is there.`,
  );
}

/** The running server's file, or null if no server runs on this folder. */
export async function readServerFile(dataDir: string): Promise<ServerFile | null> {
  const text = await readFile(join(dataDir, 'server.json'), 'utf8').catch(() => null);
  if (text === null || !isLocked(dataDir)) return null;
  try {
    return JSON.parse(text) as ServerFile;
  } catch {
    return null;
  }
}

/**
 * The file descriptor that holds the lock. A FileHandle could be garbage-collected, which would close the file and
 * release the lock.
 */
async function takeLock(dataDir: string): Promise<number> {
  const file = openSync(lockFile(dataDir), 'a+', 0o600);
  try {
    for (const started = Date.now(); ; await pause(RETRY_MS)) {
      if (tryLock(file)) return file;
      if (Date.now() - started > PATIENCE_MS) break;
    }
  } catch (error) {
    closeSync(file);
    throw error;
  }
  closeSync(file);
  throw new Error(
    `Another Armoire server is running on ${dataDir}. Stop it, or give this one a folder of its own with DATA_DIR.`,
  );
}

function isLocked(dataDir: string): boolean {
  let file: number;
  try {
    file = openSync(lockFile(dataDir), 'r');
  } catch {
    return false;
  }
  try {
    return !tryLock(file, { shared: true });
  } finally {
    closeSync(file);
  }
}

/** Never deleted: a process that opened it earlier would then lock a file that others no longer see. */
const lockFile = (dataDir: string) => join(dataDir, 'lock');
