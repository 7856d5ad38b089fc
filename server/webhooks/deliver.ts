import { FetchError, type Fetcher } from '../catalogue/fetch/fetcher.ts';
import type { EndpointTask } from '../catalogue/queue/tasks.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../log.ts';
import { wellFormed } from '../vocabulary/text.ts';
import {
  type Attempt,
  countFailures,
  type DueDelivery,
  findDue,
  hurryWaiting,
  lockEndpoint,
  markDelivered,
  markFailed,
  noteFailure,
  noteSuccess,
  settleEndpoint,
} from './deliver.sql.ts';
import { disableEndpoint } from './endpoints.sql.ts';
import { pauseOf, probeOf, type Schedule, secondsOf } from './schedule.ts';
import { signedHeaders } from './sign.ts';

/** Deliveries of one turn; then other endpoints have theirs. */
const MOST_A_TURN = 50;
const TURN_MS = 10_000;
/** Kept of an answer. */
const MOST_ANSWER = 500;
/** From then on, the receiver was down, and not only one delivery refused. */
const MANY_FAILURES = 3;
const GONE = 410;

export interface DeliverParts {
  readonly db: Database;
  readonly fetcher: Fetcher;
  readonly schedule: Schedule;
  readonly log: Pick<Log, 'info'>;
  readonly signal: AbortSignal;
}

/** Sends what is due to an endpoint, one after another. 'later' if there may be more. */
export async function deliverTo(parts: DeliverParts, endpoint: EndpointTask): Promise<'done' | 'later'> {
  const { db, signal } = parts;
  const started = performance.now();
  for (let sent = 0; sent < MOST_A_TURN && performance.now() - started < TURN_MS; sent++) {
    if (signal.aborted) return 'later';
    const due = await db.asOwner(async (tx) => {
      const first = (await countFailures(tx, endpoint)) === 0 ? 'inOrder' : 'leastTried';
      return (await findDue(tx, endpoint, 'byHand')) ?? (await findDue(tx, endpoint, first));
    });
    if (!due) {
      await db.inShop(endpoint.shopId, async (tx) => {
        if (await lockEndpoint(tx, endpoint)) await settleEndpoint(tx, endpoint);
      });
      return 'done';
    }
    const { asked, ...attempt } = await send(parts, due);
    // Cut off by this server's own stop: whether it arrived is not known, so it is sent again.
    if (signal.aborted && attempt.status === null) return 'later';
    const isGood = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
    if (isGood) await noteDelivered(parts, endpoint, due, attempt);
    else {
      await noteFailed(parts, endpoint, due, attempt, asked);
      // The endpoint is left alone for a while.
      if (!due.isTest) return 'done';
    }
  }
  return 'later';
}

async function send(
  { fetcher, signal }: DeliverParts,
  { id, body, url, secrets }: DueDelivery,
): Promise<Attempt & { asked: number }> {
  const started = performance.now();
  const tookMs = () => Math.round(performance.now() - started);
  try {
    const headers = signedHeaders({ id: `msg_${id}`, body, at: new Date() }, secrets);
    const { status, text, retryAfter } = await fetcher.post(url, { headers, body, signal });
    const answer = wellFormed(text).slice(0, MOST_ANSWER);
    return { status, answer, error: null, tookMs: tookMs(), asked: secondsOf(retryAfter) };
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    return { status: null, answer: null, error: reasonOf(error), tookMs: tookMs(), asked: 0 };
  }
}

/** What the fetcher says, of something that was sent. */
function reasonOf({ message }: FetchError): string {
  return message.replace('could not be fetched', 'could not be reached').slice(0, MOST_ANSWER);
}

function noteDelivered(
  { db }: DeliverParts,
  endpoint: EndpointTask,
  { id }: DueDelivery,
  attempt: Attempt,
): Promise<void> {
  return db.inShop(endpoint.shopId, async (tx) => {
    const locked = await lockEndpoint(tx, endpoint);
    if (!locked) return;
    await markDelivered(tx, endpoint.shopId, id, attempt);
    await noteSuccess(tx, endpoint);
    if (locked.failures >= MANY_FAILURES) await hurryWaiting(tx, endpoint);
  });
}

function noteFailed(
  { db, schedule, log }: DeliverParts,
  endpoint: EndpointTask,
  { id, isTest, tries, url }: DueDelivery,
  attempt: Attempt,
  asked: number,
): Promise<void> {
  const { shopId, endpointId } = endpoint;
  return db.inShop(shopId, async (tx) => {
    const locked = await lockEndpoint(tx, endpoint);
    if (!locked) return;
    // A test says at once how it went, and nothing of how the endpoint does.
    if (isTest) {
      await markFailed(tx, shopId, id, attempt, { pause: 0, limits: { mostTries: 1, givesUpAfter: 0 } });
      return;
    }
    // Who has given it another address meanwhile wants to hear there.
    const isGone = attempt.status === GONE && locked.url === url;
    const reason = isGone ? 'gone' : locked.failingFor >= schedule.disablesAfter ? 'failing' : null;
    const pause = pauseOf(schedule, tries + 1, asked);
    // What waits for an endpoint that is switched off is kept until it is switched on again.
    await markFailed(tx, shopId, id, attempt, { pause, limits: reason ? null : schedule });
    await noteFailure(tx, endpoint, probeOf(schedule, locked.failures + 1, asked));
    if (reason && !locked.isDisabled) {
      await disableEndpoint(tx, shopId, endpointId, reason);
      log.info(`The webhook endpoint ${endpointId} of shop ${shopId} was switched off (${reason}).`);
    }
  });
}
