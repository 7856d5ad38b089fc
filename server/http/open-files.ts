import { readFile } from 'node:fs/promises';

/** The embedded database takes some 100, the pages as many, and each connection one. */
const FEWEST = 1024;

/** What to say of a limit (`ulimit -n`) that is lower than a server needs; null where it is not, or is not known. */
export async function fewOpenFiles(path = '/proc/self/limits'): Promise<string | null> {
  const limits = await readFile(path, 'utf8').catch(() => '');
  const most = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? FEWEST);
  if (most >= FEWEST) return null;
  return (
    `This process may open ${most} files and connections at a time (ulimit -n). With fewer than ${FEWEST}, the start may ` +
    'fail, and requests wait for each other under load.'
  );
}
