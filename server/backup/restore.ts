import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { embeddedFolder, openDatabase } from '../db/database.ts';
import { unzipDatabase } from '../db/embedded-copy.ts';
import { lockDataDir, restoringFolder } from '../db/lock.ts';
import { listMigrations } from '../db/migrate.ts';
import { OWNER_KEY } from '../images/owner.ts';
import { openS3Store } from '../store/s3-store.ts';
import { makeFolder, syncFolder, syncTree } from '../store/sync.ts';
import { DATABASE_FILES, ownVersions } from './backup.ts';
import { isEmpty, uploadAll } from './bucket.ts';
import { countRestored, forgetServers, type Restored } from './count.sql.ts';
import { copyNew, FOLDERS } from './folders.ts';
import { type Manifest, readManifest, verifyFiles } from './manifest.ts';
import { requireEmpty, restorePostgres } from './postgres.ts';

type Place = Pick<Config, 'dataDir' | 'databaseUrl' | 'databasePool' | 's3'>;

/**
 * Puts the backup in `folder` into the data folder and, with DATABASE_URL, into that database; its pictures and feeds,
 * with S3_BUCKET, into that bucket. All of it is compared
 * with its sums before anything is touched. Refuses a target that holds something, unless told to overwrite it.
 */
export async function restore(config: Place, folder: string, { overwrite = false } = {}): Promise<Restored> {
  const manifest = await readManifest(folder);
  await requireFitting(manifest, config);
  await verifyFiles(folder, manifest);
  const lock = await lockDataDir(config.dataDir, { toRestore: true });
  try {
    if (!overwrite) await requireNothing(config);
    const prepared = await prepare(config, folder, manifest);
    let isTouched = false;
    try {
      if (config.databaseUrl) {
        // Its tables go before the dump's come.
        isTouched = overwrite;
        await restorePostgres(config.databaseUrl, join(folder, DATABASE_FILES.server), { overwrite });
        isTouched = true;
      }
      // Nothing of the data folder goes before what comes in its place has been opened.
      const restored = await open({ ...config, dataDir: prepared }, manifest);
      isTouched = true;
      if (config.s3) await uploadAll(openS3Store(config.s3), folder);
      await putInPlace(config.dataDir, prepared);
      return restored;
    } catch (error) {
      // Otherwise it stays, and no server starts on half of a backup.
      if (!isTouched) await rm(prepared, { recursive: true, force: true });
      throw error;
    }
  } finally {
    await lock.release();
  }
}

async function requireFitting({ engine, migration }: Manifest, { databaseUrl }: Place): Promise<void> {
  if (engine === 'server' && !databaseUrl)
    throw new Error(
      'This backup is of a PostgreSQL database. Set DATABASE_URL to the database to restore to.',
    );
  if (engine === 'embedded' && databaseUrl)
    throw new Error('This backup is of the embedded database. Restore it without DATABASE_URL.');
  if (migration !== '' && !(await listMigrations()).includes(migration))
    throw new Error(
      `This backup was made by a newer Armoire (${migration}). Restore it with that version or a later one.`,
    );
}

async function requireNothing({ dataDir, databaseUrl, s3 }: Place): Promise<void> {
  const names = [...(s3 ? [] : FOLDERS), ...(databaseUrl ? [] : ['pg'])];
  for (const name of names) {
    if ((await readdir(join(dataDir, name)).catch(() => [])).length > 0)
      throw new Error(
        `${join(dataDir, name)} is not empty. Choose another DATA_DIR, or use --overwrite to replace what is in it.`,
      );
  }
  if (s3 && !(await isEmpty(openS3Store(s3))))
    throw new Error(
      `The bucket ${s3.bucket} is not empty. Choose another one, or use --overwrite to replace what is in it.`,
    );
  if (databaseUrl) await requireEmpty(databaseUrl);
}

/** The data folder's new parts, whole and on the disk, under names of their own. */
async function prepare({ dataDir, s3 }: Place, folder: string, { engine }: Manifest): Promise<string> {
  const prepared = restoringFolder(dataDir);
  await rm(prepared, { recursive: true, force: true });
  await makeFolder(prepared);
  try {
    if (!s3) for (const name of FOLDERS) await copyNew(folder, prepared, name);
    if (engine === 'embedded')
      await unzipDatabase(join(folder, DATABASE_FILES.embedded), embeddedFolder(prepared)).catch(
        (cause: unknown) => {
          throw new Error(`The backup's database (${DATABASE_FILES.embedded}) cannot be unpacked.`, {
            cause,
          });
        },
      );
    await syncTree(prepared);
    return prepared;
  } catch (error) {
    await rm(prepared, { recursive: true, force: true });
    throw error;
  }
}

async function putInPlace(dataDir: string, prepared: string): Promise<void> {
  const names = await readdir(prepared);
  for (const name of [...FOLDERS, OWNER_KEY, ...names])
    await rm(join(dataDir, name), { recursive: true, force: true });
  for (const name of names) await rename(join(prepared, name), join(dataDir, name));
  await rm(prepared, { recursive: true, force: true });
  await syncFolder(dataDir);
}

/** Opens what was restored, which brings its tables up to date, and counts it. */
async function open(config: Place, { engine, versions }: Manifest): Promise<Restored> {
  try {
    const db = await openDatabase(config);
    try {
      return await db.asOwner(async (tx) => {
        await forgetServers(tx);
        return countRestored(tx);
      });
    } finally {
      await db.close();
    }
  } catch (cause) {
    const [made, here] = [versions.pglite, ownVersions().pglite];
    // Its files belong to one major version of PostgreSQL.
    const why =
      engine === 'embedded' && made !== here ? ` It was made with PGlite ${made}, this is ${here}.` : '';
    throw new Error(`The restored data cannot be opened.${why}`, { cause });
  }
}
