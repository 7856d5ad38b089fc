import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** This server's temporary files: uploads in progress, and what libraries write. */
export const temporaryFolder = (dataDir: string) => join(dataDir, 'tmp');

/** Makes every library put its temporary files there. */
export function setTemporaryFolder(dataDir: string): void {
  const folder = temporaryFolder(dataDir);
  Object.assign(
    process.env,
    process.platform === 'win32' ? { TEMP: folder, TMP: folder } : { TMPDIR: folder },
  );
}

/** Removes what a killed process left behind. The caller must hold the lock of the data folder. */
export async function clearTemporary(dataDir: string): Promise<void> {
  for (const folder of [
    temporaryFolder(dataDir),
    ...['images', 'imports', 'previews'].map((name) => join(dataDir, name, 'tmp')),
  ]) {
    await rm(folder, { recursive: true, force: true });
  }
  await mkdir(temporaryFolder(dataDir), { recursive: true, mode: 0o700 });
}
