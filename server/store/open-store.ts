import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { FileStore } from './file-store.ts';
import { openFolderStore } from './folder-store.ts';
import { openS3Store } from './s3-store.ts';

/** The bucket of the settings, else the data folder. Throws if it cannot be used. */
export async function openStore({ dataDir, s3 }: Pick<Config, 'dataDir' | 's3'>): Promise<FileStore> {
  if (!s3) return openFolderStore(dataDir, await nameOf(dataDir));
  const store = openS3Store(s3);
  await store.check().catch((cause: unknown) => {
    throw new Error(`The bucket ${s3.bucket} at ${s3.endpoint} cannot be used. Look at the settings S3_….`, {
      cause,
    });
  });
  return store;
}

/** A name of the folder's own, which stays with its files wherever they are moved. */
async function nameOf(dataDir: string): Promise<string> {
  const path = join(dataDir, 'store-id');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(path, `folder ${randomUUID()}`, { mode: 0o600, flag: 'wx', flush: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  return (await readFile(path, 'utf8')).trim();
}
