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

  /** One query serves all subscribers of the job within `pollMs`. */
  function look(shopId: string, jobId: string): Promise<ImportJobRow | null> {
    const key = `${shopId}/${jobId}`;
    const known = watched.get(key);
    if (known && performance.now() - known.at < pollMs) return known.row;
    const fresh = { at: performance.now(), row: db.inShop(shopId, (tx) => findJob(tx, jobId)) };
    watched.set(key, fresh);
    const forget = () => watched.get(key) === fresh && watched.delete(key);
    fresh.row.catch(forget);
    setTimeout(forget, 2 * pollMs).unref();
    return fresh.row;
  }

  return {
    async *follow(shopId, jobId, signal) {
      let last = '';
      while (!signal.aborted) {
        const row = await look(shopId, jobId);
        if (!row || signal.aborted) return;
        const ended = row.state !== 'running' && row.itemsPending === 0;
        const seen = JSON.stringify({ ...row, secondsCounted: 0 });
        if (seen !== last) yield row;
        if (ended) return;
        last = seen;
        await pause(pollMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
