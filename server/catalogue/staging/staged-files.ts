import type { FileStore } from '../../store/file-store.ts';
import type { FeedFiles } from '../feed/files.ts';
import { openStaged, removeStaged } from './staging.ts';

/** The feeds of running jobs, each opened once for all of its items. */
export interface StagedFiles {
  /** Throws FeedError. */
  open(jobId: string): Promise<FeedFiles>;
  close(jobId: string): Promise<void>;
  /** Closes the job's feed and deletes its upload. */
  remove(jobId: string): Promise<void>;
  closeAll(): Promise<void>;
}

/** At most this many feeds stay open; beyond that, the one opened first is closed. */
const MOST_OPEN = 32;

export function openStagedFiles(store: FileStore): StagedFiles {
  const opened = new Map<string, Promise<FeedFiles>>();
  const shut = async (jobId: string) => {
    const files = opened.get(jobId);
    opened.delete(jobId);
    await files?.then((open) => open.close()).catch(() => undefined);
  };
  return {
    open(jobId) {
      const known = opened.get(jobId);
      if (known) return known;
      const oldest = opened.size >= MOST_OPEN ? opened.keys().next().value : undefined;
      if (oldest !== undefined) void shut(oldest);
      const files = openStaged(store, jobId);
      opened.set(jobId, files);
      // If opening fails, the next attempt may succeed.
      files.catch(() => opened.delete(jobId));
      return files;
    },
    close: shut,
    async remove(jobId) {
      await shut(jobId);
      await removeStaged(store, jobId);
    },
    async closeAll() {
      await Promise.all([...opened.keys()].map(shut));
    },
  };
}
