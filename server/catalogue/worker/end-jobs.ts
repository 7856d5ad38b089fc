import type { ShopQueryable } from '../../db/database.ts';
import type { ImportFinished } from '../../outbox/events.ts';
import { noteEvent } from '../../outbox/note-event.ts';
import type { CatalogueServices } from '../context.ts';
import { findJob, finishJob, type ImportJobRow, markTold } from '../imports/import-job.sql.ts';
import type { FeedTask } from '../queue/tasks.ts';
import type { StagedFiles } from '../staging/staged-files.ts';

/** Marks jobs as done once all their items have ended, and releases their files. */
export interface JobEnds {
  /** Checks the job shortly, once for all calls until then: a job can have thousands of items. */
  soon(job: FeedTask): void;
  now(job: FeedTask): Promise<void>;
  /** Checks the jobs that are still waiting. */
  close(): Promise<void>;
}

const LATER_MS = 250;

export function openJobEnds(parts: Pick<CatalogueServices, 'db' | 'log'> & { staged: StagedFiles }): JobEnds {
  const { db, log, staged } = parts;
  const waiting = new Map<string, { job: FeedTask; timer: NodeJS.Timeout }>();

  async function now({ shopId, jobId }: FeedTask): Promise<void> {
    const ended = await db.inShop(shopId, async (tx) => {
      const finished = await finishJob(tx, jobId);
      if (finished) await tellEnd(tx, { shopId, jobId });
      return finished;
    });
    // If some items can be retried, the feed is kept for a day.
    if (ended?.retriable) await staged.close(jobId);
    else if (ended) await staged.remove(jobId);
  }

  function check(job: FeedTask): Promise<void> {
    waiting.delete(job.jobId);
    return now(job).catch((error: unknown) => {
      log.error('An import could not be ended; the next start tries again.', error);
    });
  }

  return {
    now,
    soon(job) {
      if (waiting.has(job.jobId)) return;
      waiting.set(job.jobId, { job, timer: setTimeout(() => void check(job), LATER_MS) });
    },
    async close() {
      for (const { job, timer } of waiting.values()) {
        clearTimeout(timer);
        await check(job);
      }
    },
  };
}

/** Once for each attempt, however often its end is found. */
async function tellEnd(
  tx: ShopQueryable,
  { shopId, jobId }: Pick<FeedTask, 'shopId' | 'jobId'>,
): Promise<void> {
  const attempt = await markTold(tx, jobId);
  if (attempt === null) return;
  await noteEvent(tx, shopId, 'import.finished', async () => {
    const job = (await findJob(tx, jobId))!;
    return { importId: jobId, data: toImportFinished(job, attempt) };
  });
}

function toImportFinished(job: ImportJobRow, attempt: number): ImportFinished {
  return {
    importId: job.id,
    name: job.name,
    kind: job.kind,
    attempt,
    state: job.state === 'running' ? 'done' : job.state,
    failure: job.failure,
    rowsTotal: job.rowsTotal,
    rowsRejected: job.rowsRejected,
    rowsUnchanged: job.rowsUnchanged,
    itemsReady: job.itemsReady,
    itemsFailed: job.itemsFailed,
    itemsCancelled: job.itemsCancelled,
    itemsDeleted: job.itemsDeleted,
    warnings: job.warningCount,
    startedAt: job.createdAt.toISOString(),
    finishedAt: (job.finishedAt ?? job.createdAt).toISOString(),
  };
}
