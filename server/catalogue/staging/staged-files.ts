import type { FileStore } from '../../store/file-store.ts';
import type { FeedFiles } from '../feed/files.ts';
import { openStaged, removeStaged } from './staging.ts';

/** The feeds of running jobs, each opened once for all of its items. */
export interface StagedFiles {
  /** Runs `work` on the job's feed, which stays open meanwhile. Throws FeedError, and what `work` throws. */
  use<T>(jobId: string, work: (files: FeedFiles) => Promise<T>): Promise<T>;
  /** Closes the job's feed, once nobody uses it any more. */
  close(jobId: string): Promise<void>;
  /** The same, and deletes its upload. */
  remove(jobId: string): Promise<void>;
  closeAll(): Promise<void>;
}

/** Beyond these many, the feed that was used longest ago is closed. Those in use stay open. */
const MOST_OPEN = 32;

interface Opened {
  readonly files: Promise<FeedFiles>;
  users: number;
  /** Whether the last user closes it. */
  isGivenUp: boolean;
}

export function openStagedFiles(store: FileStore): StagedFiles {
  // In the order in which they were last used.
  const opened = new Map<string, Opened>();

  const closeFiles = ({ files }: Opened) => files.then((open) => open.close()).catch(() => undefined);

  async function shut(jobId: string): Promise<void> {
    const entry = opened.get(jobId);
    if (!entry) return;
    opened.delete(jobId);
    entry.isGivenUp = true;
    if (entry.users === 0) await closeFiles(entry);
  }

  function take(jobId: string): Opened {
    const entry = opened.get(jobId) ?? { files: openStaged(store, jobId), users: 0, isGivenUp: false };
    opened.delete(jobId);
    opened.set(jobId, entry);
    // If opening fails, the next attempt may succeed.
    entry.files.catch(() => opened.get(jobId) === entry && opened.delete(jobId));
    if (opened.size > MOST_OPEN) {
      const idle = [...opened].find(([id, { users }]) => users === 0 && id !== jobId);
      if (idle) void shut(idle[0]);
    }
    return entry;
  }

  return {
    async use(jobId, work) {
      const entry = take(jobId);
      entry.users += 1;
      try {
        return await work(await entry.files);
      } finally {
        entry.users -= 1;
        if (entry.isGivenUp && entry.users === 0) await closeFiles(entry);
      }
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
