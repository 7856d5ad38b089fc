import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where this server's temporary files are: uploads that are being received, and what libraries write. */
export const temporaryFolder = (dataDir: string) => join(dataDir, 'tmp');

/** Makes every library put its temporary files there. */
export function setTemporaryFolder(dataDir: string): void {
  const folder = temporaryFolder(dataDir);
  Object.assign(
    process.env,
    process.platform === 'win32' ? { TEMP: folder, TMP: folder } : { TMPDIR: folder },
  );
}

/** Removes what a killed process left. Whoever calls it holds the data folder's lock. */
export async function clearTemporary(dataDir: string): Promise<void> {
  for (const folder of [temporaryFolder(dataDir), join(dataDir, 'images', 'tmp')]) {
    await rm(folder, { recursive: true, force: true });
  }
  await mkdir(temporaryFolder(dataDir), { recursive: true, mode: 0o700 });
}
