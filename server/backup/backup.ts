import { createWriteStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isAbsolute, join, relative } from 'node:path';
import type { Writable } from 'node:stream';
import type { Config } from '../config.ts';
import { embeddedFolder } from '../db/database.ts';
import { explainDisk } from '../db/disk.ts';
import { zipStopped } from '../db/embedded-copy.ts';
import { lockDataDir } from '../db/lock.ts';
import { listMigrations } from '../db/migrate.ts';
import { openS3Store } from '../store/s3-store.ts';
import { makeFolder } from '../store/sync.ts';
import { downloadNew } from './bucket.ts';
import { copyNew, FOLDERS } from './folders.ts';
import { type Manifest, writeManifest } from './manifest.ts';
import { dumpPostgres, versionsOf } from './postgres.ts';

export const DATABASE_FILES = { embedded: 'database.zip', server: 'database.dump' } as const;

type Place = Pick<Config, 'dataDir' | 'databaseUrl' | 's3'>;

/**
 * Writes a backup into `folder`, which must be empty or not there. `copyRunning` copies the embedded database of a
 * server that has it open; without it the folder is locked and its files are taken. Throws with nothing left behind.
 */
export async function backUp(
  config: Place,
  folder: string,
  copyRunning?: (out: Writable) => Promise<void>,
): Promise<Manifest> {
  if ((await readdir(folder).catch(() => [])).length > 0)
    throw new Error(`${folder} is not empty. Give each backup a folder of its own.`);
  for (const name of [...FOLDERS, 'pg']) {
    const from = relative(join(config.dataDir, name), folder);
    if (!from.startsWith('..') && !isAbsolute(from))
      throw new Error(`${folder} is within what is copied. Choose a folder outside of ${config.dataDir}.`);
  }
  await makeFolder(folder).catch((error: unknown) => {
    throw explainDisk(error, folder, 'choose another folder');
  });
  try {
    const engine = config.databaseUrl ? 'server' : 'embedded';
    // Before the database, so that what is deleted after it is there; again after it, so that what is new to it is.
    await copyFiles(config, folder);
    const file = join(folder, DATABASE_FILES[engine]);
    if (config.databaseUrl) await dumpPostgres(config.databaseUrl, file);
    else await copyEmbedded(config.dataDir, createWriteStream(file, { mode: 0o600 }), copyRunning);
    await copyFiles(config, folder);
    return await writeManifest(folder, {
      engine,
      migration: (await listMigrations()).at(-1) ?? '',
      versions: config.databaseUrl ? await versionsOf(config.databaseUrl) : ownVersions(),
    });
  } catch (error) {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
    throw error;
  }
}

/** Of the embedded database, whose files belong to one major version of PostgreSQL. */
export function ownVersions(): Record<string, string> {
  const { dependencies } = createRequire(import.meta.url)('../../package.json') as {
    dependencies: Record<string, string>;
  };
  return { pglite: dependencies['@electric-sql/pglite'] ?? '' };
}

async function copyFiles({ dataDir, s3 }: Place, folder: string): Promise<void> {
  if (s3) return downloadNew(openS3Store(s3), folder);
  for (const name of FOLDERS) await copyNew(dataDir, folder, name);
}

async function copyEmbedded(
  dataDir: string,
  out: Writable,
  copyRunning?: (out: Writable) => Promise<void>,
): Promise<void> {
  if (copyRunning) return copyRunning(out);
  const lock = await lockDataDir(dataDir);
  try {
    const folder = embeddedFolder(dataDir);
    await stat(join(folder, 'PG_VERSION')).catch((cause: unknown) => {
      throw new Error(`There is no database in ${dataDir}.`, { cause });
    });
    await zipStopped(folder, out);
  } finally {
    await lock.release();
  }
}
