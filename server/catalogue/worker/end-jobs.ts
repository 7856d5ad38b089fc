import type { CatalogueServices } from '../context.ts';
import { finishJob } from '../imports/import-job.sql.ts';
import type { FeedTask } from '../queue/tasks.ts';
import type { StagedFiles } from '../staging/staged-files.ts';

/** Marks jobs done when nothing of them is left, and lets go of their files. */
export interface JobEnds {
  /** Looks at the job a moment later, once for all that ask until then: an item is one of thousands. */
  soon(job: FeedTask): void;
  now(job: FeedTask): Promise<void>;
  /** Looks at what is still to be looked at. */
  close(): Promise<void>;
}

const LATER_MS = 250;

export function openJobEnds(parts: Pick<CatalogueServices, 'db' | 'log'> & { staged: StagedFiles }): JobEnds {
  const { db, log, staged } = parts;
  const waiting = new Map<string, { job: FeedTask; timer: NodeJS.Timeout }>();

  async function now({ shopId, jobId }: FeedTask): Promise<void> {
    const ended = await db.inShop(shopId, (tx) => finishJob(tx, jobId));
    // Where some of its items could be tried again, the feed is kept for a day.
    if (ended?.retriable) await staged.close(jobId);
    else if (ended) await staged.remove(jobId);
  }

  function look(job: FeedTask): Promise<void> {
    waiting.delete(job.jobId);
    return now(job).catch((error: unknown) => {
      log.error('An import could not be ended; the next start tries again.', error);
    });
  }

  return {
    now,
    soon(job) {
      if (waiting.has(job.jobId)) return;
      waiting.set(job.jobId, { job, timer: setTimeout(() => void look(job), LATER_MS) });
    },
    async close() {
      for (const { job, timer } of waiting.values()) {
        clearTimeout(timer);
        await look(job);
      }
    },
  };
}
