import { setTimeout as pause } from 'node:timers/promises';
import { openFetcher } from '../catalogue/fetch/fetcher.ts';
import { pumpTasks } from '../catalogue/queue/pump.ts';
import type { WebhookServices } from './context.ts';
import { deliverTo } from './deliver.ts';
import { listDueEndpoints } from './dispatch.sql.ts';
import { dispatchEvents } from './dispatch.ts';
import { MAX_ENDPOINTS } from './endpoints.ts';
import { keepNewest, removeOldDeliveries, removeOldSecrets } from './keep.sql.ts';
import { SCHEDULE, type Schedule } from './schedule.ts';

const POLL_MS = 1000;
/** Endpoints that are sent to at the same time, all of a shop among them: no receiver that hangs keeps the others waiting. */
const ENDPOINTS = 4 * MAX_ENDPOINTS;
/** Endpoints put into the queue at once. */
const MOST_DUE = 500;
/** A receiver should take a delivery first and work on it then. */
const PATIENCE = { silenceMs: 15_000, wholeMs: 15_000 };
const SWEEP_MS = 3_600_000;
const DAYS_KEPT = 14;
/** Deliveries that have ended, of an endpoint. */
const MOST_KEPT = 2_000;

export interface Webhooks {
  /** Ends attempts under way; they are made again after the next start. */
  stop(): Promise<void>;
}

/** Delivers what happens to the endpoints of all shops, beginning with what an ended server left. */
export function startWebhooks(
  services: WebhookServices,
  { schedule = SCHEDULE, pollMs = POLL_MS }: { schedule?: Schedule; pollMs?: number } = {},
): Webhooks {
  const { config, db, queue, log } = services;
  const stopping = new AbortController();
  const { signal } = stopping;
  // Receivers of many shops may be one host's: waiting for a connection would count as theirs not answering.
  const fetcher = openFetcher({
    allowHosts: config.fetchAllowHosts,
    patience: PATIENCE,
    connections: ENDPOINTS,
  });
  const onError = (error: unknown) => log.error('Webhooks met an error and will try again.', error);
  const parts = { db, fetcher, schedule, log, signal };
  let pump: ReturnType<typeof pumpTasks> | undefined;
  let sweptAt = Number.NEGATIVE_INFINITY;

  async function round(): Promise<void> {
    if (performance.now() - sweptAt >= SWEEP_MS) {
      await sweep(services);
      sweptAt = performance.now();
    }
    await dispatchEvents(db, schedule, onError);
    const due = await db.asOwner((tx) => listDueEndpoints(tx, MOST_DUE));
    if (due.length === 0) return;
    await queue.webhooks.send(due);
    pump?.wake();
  }

  async function loop(): Promise<void> {
    // The embedded database is this process's alone: whatever is claimed was claimed by one that is gone.
    if (db.kind === 'embedded') await queue.releaseWebhooks().catch(onError);
    pump = pumpTasks(
      queue.webhooks,
      { width: ENDPOINTS, share: MAX_ENDPOINTS, pollMs, onError },
      ({ task }) => deliverTo(parts, task),
    );
    while (!signal.aborted) {
      await round().catch(onError);
      await pause(pollMs, undefined, { signal }).catch(() => undefined);
    }
    await pump.stop();
    await fetcher.close();
  }

  const looping = loop();
  return {
    async stop() {
      stopping.abort();
      await looping;
    },
  };
}

async function sweep({ db }: WebhookServices): Promise<void> {
  await db.asOwner(async (tx) => {
    await removeOldDeliveries(tx, DAYS_KEPT);
    await keepNewest(tx, MOST_KEPT);
    await removeOldSecrets(tx);
  });
}
