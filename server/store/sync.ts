import { mkdir, open, opendir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Flushes created and renamed names in a folder to disk. Windows has no such call and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * Creates a folder and its parents, and flushes their names to disk. One by one: where a file system has nothing made in a
 * folder that is there, as /proc, Node's recursive mkdir tries for ever.
 */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  for (let folder = resolve(path); !(await isFolder(folder)); folder = dirname(folder))
    missing.unshift(folder);
  for (const folder of missing) {
    await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await syncFolder(dirname(folder));
  }
}

/** False if there is nothing. Throws if it is something else. */
async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  if (found === null) return false;
  if (found.isDirectory()) return true;
  throw Object.assign(new Error(`${path} is not a folder.`), { code: 'ENOTDIR' });
}

/** Flushes everything in a folder to disk. */
export async function syncTree(path: string): Promise<void> {
  for await (const entry of await opendir(path)) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await syncTree(inner);
    else if (entry.isFile()) await syncFile(inner);
  }
  await syncFolder(path);
}

async function syncFile(path: string): Promise<void> {
  // Windows can only flush files that are open for writing.
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
