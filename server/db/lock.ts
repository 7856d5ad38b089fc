import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What `${dataDir}/server.json` tells other processes of this user about the running server. */
export interface ServerFile {
  readonly pid: number;
  /** 0 until the server listens. */
  readonly port: number;
  readonly host: string;
  /** Acts as an admin's key of the default shop for as long as the server runs. */
  readonly token: string;
}

export interface DataDirLock {
  readonly token: string;
  /** Tells where the server listens. */
  announce(host: string, port: number): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the data folder for this process: two processes on one embedded database would lose rows silently.
 * A file left by a process that is gone is taken over.
 */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'server.json');
  const token = `ctl_${randomBytes(32).toString('base64url')}`;
  const own: ServerFile = { pid: process.pid, port: 0, host: '', token };
  await claim(path, JSON.stringify(own), dataDir);
  return {
    token,
    async announce(host, port) {
      // By renaming, so that a reader never sees half a file.
      const next = `${path}.${process.pid}`;
      await writeFile(next, JSON.stringify({ ...own, host, port } satisfies ServerFile), { mode: 0o600 });
      await rename(next, path);
    },
    release: () => rm(path, { force: true }),
  };
}

/** The running server's file, or null where none runs on this folder. */
export async function readServerFile(dataDir: string): Promise<ServerFile | null> {
  const text = await readFile(join(dataDir, 'server.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const file = JSON.parse(text) as ServerFile;
    return isAlive(file.pid) ? file : null;
  } catch {
    return null;
  }
}

async function claim(path: string, content: string, dataDir: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(content);
      await file.close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readServerFile(dataDir);
    if (holder && holder.pid !== process.pid) break;
    await rm(path, { force: true });
  }
  throw new Error(
    `Another Armoire server is running on ${dataDir}. Stop it, or give this one a folder of its own with DATA_DIR.`,
  );
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
