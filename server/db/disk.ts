import { statfs } from 'node:fs/promises';

/** A new embedded database takes 40 MB, and PostgreSQL's next log file 16 MB. */
const LEAST_FREE_BYTES = 64 * 1024 * 1024;

const ELSEWHERE = 'choose another folder with DATA_DIR';

/** Throws if the disk of the data folder is too full for the database to start. */
export async function requireRoom(dataDir: string): Promise<void> {
  const { bavail, bsize, blocks } = await statfs(dataDir);
  const free = bavail * bsize;
  // Some network file systems do not report sizes.
  if (blocks === 0 || free >= LEAST_FREE_BYTES) return;
  const [left, wanted] = [free, LEAST_FREE_BYTES].map((bytes) => Math.floor(bytes / 1024 / 1024));
  throw new Error(
    `The disk of ${dataDir} is full: ${left} MiB are left, and Armoire needs ${wanted} to start. Free some space, or ${ELSEWHERE}.`,
  );
}

/** Explains an error of the data folder, or of another one with the way to choose it, if the owner can fix it. */
export function explainDisk(error: unknown, dataDir: string, elsewhere = ELSEWHERE): unknown {
  const options = { cause: error };
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Error(`The disk of ${dataDir} is full. Free some space, or ${elsewhere}.`, options);
    case 'EROFS':
      return new Error(
        `${dataDir} is on a read-only file system. Make it writable, or ${elsewhere}.`,
        options,
      );
    // Where the system itself keeps files, such as in /proc, no folder can be made.
    case 'ENOENT':
      return new Error(
        `${dataDir} cannot be created: its file system takes no new folders. Create it, or ${elsewhere}.`,
        options,
      );
    case 'EACCES':
    case 'EPERM':
      return new Error(
        `The user who runs Armoire cannot write to ${dataDir}. Make this user its owner, or ${elsewhere}.`,
        options,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new Error(`${dataDir} is not a folder. Remove what is there, or ${elsewhere}.`, options);
    case 'ENOLCK':
    case 'ENOTSUP':
    case 'EOPNOTSUPP':
      return new Error(`The file system of ${dataDir} cannot lock files. Please ${elsewhere}.`, options);
    default:
      return error;
  }
}

/** Where other errors would not be the disk's. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
