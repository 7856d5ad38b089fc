import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../db/database.ts';
import { findJob, type ImportJobRow } from './import-job.sql.ts';

/** Follows running imports for any number of subscribers. */
export interface ImportWatch {
  /** The job's progress, now and whenever it changes. Ends with the job, or when `signal` aborts. */
  follow(shopId: string, jobId: string, signal: AbortSignal): AsyncGenerator<ImportJobRow>;
}

/** The embedded database has no LISTEN, so jobs are polled: each watched job at most once in this time. */
const POLL_MS = 1000;

export function openImportWatch(db: Database, pollMs = POLL_MS): ImportWatch {
  const watched = new Map<string, { at: number; row: Promise<ImportJobRow | null> }>();

  /** One query serves all subscribers of the job within `pollMs`, but tells none of an end from before its `since`. */
  async function look(shopId: string, jobId: string, since: number): Promise<ImportJobRow | null> {
    const key = `${shopId}/${jobId}`;
    const known = watched.get(key);
    if (known && performance.now() - known.at < pollMs) {
      const row = await known.row;
      // What has ended may be retried.
      if (known.at >= since || (row && !hasEnded(row))) return row;
      if (watched.get(key) !== known) return look(shopId, jobId, since);
    }
    const fresh = { at: performance.now(), row: db.inShop(shopId, (tx) => findJob(tx, jobId)) };
    watched.set(key, fresh);
    const forget = () => watched.get(key) === fresh && watched.delete(key);
    fresh.row.catch(forget);
    setTimeout(forget, 2 * pollMs).unref();
    return fresh.row;
  }

  return {
    async *follow(shopId, jobId, signal) {
      const since = performance.now();
      let last = '';
      while (!signal.aborted) {
        const row = await look(shopId, jobId, since);
        if (!row || signal.aborted) return;
        const seen = JSON.stringify({ ...row, secondsCounted: 0 });
        if (seen !== last) yield row;
        if (hasEnded(row)) return;
        last = seen;
        await pause(pollMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}

function hasEnded({ state, itemsPending }: ImportJobRow): boolean {
  return state !== 'running' && itemsPending === 0;
}
