import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LimitsPerMinute } from '../config.ts';
import type { Database } from '../db/database.ts';
import { RateLimitedError } from '../errors/errors.ts';
import { makeBuckets } from './bucket.ts';
import { shareBlocks } from './share-blocks.ts';
import { leftAtAny, makeSharedBuckets, type SharedBucket } from './shared-buckets.ts';
import { takeUsage } from './usage.sql.ts';
import type { Viewer } from './viewer.ts';

export type LimitedKind = 'parse' | 'search' | 'event';

/** Keeps one client or widget from using up the model or the search for everyone else. */
export interface Limiter {
  /**
   * Throws RateLimitedError if an anonymous client or a widget asks more often than its minute allows. Widgets' keys are
   * counted in the database, and so are clients where there are several servers: never call this inside a transaction.
   */
  check(kind: LimitedKind, viewer: Viewer, times?: number): Promise<void>;
  /** Like `check`, but counts the cost of a query, since many small queries add up too. */
  spend(viewer: Viewer, cost: number): Promise<void>;
  /** The same limits, which also counts what one request asks for. */
  forRequest(): Limiter;
  /** What the request has asked for, and what its client has left. */
  report(viewer: Viewer): Promise<CostReport>;
}

/**
 * All limits of a client as one: a photo, a search or an event counts for its share of the minute, and of several limits
 * the one that is nearest to its end is told. Nulls for a client without limits.
 */
export interface CostReport {
  readonly requested: number;
  readonly maximum: number | null;
  readonly remaining: number | null;
  /** A second. */
  readonly restoreRate: number | null;
}

type Counted = LimitedKind | 'cost';
const COUNTED = ['parse', 'search', 'event', 'cost'] as const satisfies Counted[];

/** Other servers on the same database. */
export interface LimitsShared {
  areSeveral(): boolean;
  /** With which addresses are hashed. */
  readonly secret: Buffer;
}

export function makeLimiter(
  limits: LimitsPerMinute,
  db: Database,
  now?: () => number,
  shared?: LimitsShared,
): Limiter {
  const clients = {
    parse: makeBuckets(limits.parse, now),
    search: makeBuckets(limits.search, now),
    event: makeBuckets(limits.event, now),
    cost: makeBuckets(limits.cost, now),
  };
  const overServers =
    shared &&
    (Object.fromEntries(
      COUNTED.map((kind) => [
        kind,
        makeSharedBuckets(db, { kind, capacity: limits[kind], secret: shared.secret }),
      ]),
    ) as Record<Counted, SharedBucket>);
  const keys = {
    parse: sharedCounter(db, 'parse', limits.widgetParse),
    search: sharedCounter(db, 'search', limits.widgetSearch),
    event: sharedCounter(db, 'event', limits.widgetEvent),
  };
  const capacities = new Map<string, number>(COUNTED.map((kind) => [kind, limits[kind]]));
  /** How much of the limit on cost one of these is worth. */
  const worth = (kind: Counted) => limits.cost / limits[kind];
  const take = async (kind: Counted, { client }: Viewer, amount: number) => {
    const own = clients[kind];
    const counted = shared?.areSeveral()
      ? await overServers![kind].take(client, amount, own.left(client))
      : null;
    return counted ?? own.take(client, amount);
  };
  const leftOf = async (client: string) => {
    const counted = shared?.areSeveral()
      ? await leftAtAny(db, client, { capacities, secret: shared.secret })
      : null;
    return COUNTED.map((kind) => (counted?.get(kind) ?? clients[kind].left(client)) * worth(kind));
  };

  function counting(): Limiter {
    const asked = { parse: 0, search: 0, event: 0, cost: 0 };
    /** Says when there is enough for all that the request asks for: what of it was granted is gone when it comes again. */
    async function refusal(kind: Counted, wait: number, amount: number): Promise<RateLimitedError> {
      // The fields beside this one ask within the same turn.
      await nextTurn();
      const others = ((asked[kind] - amount) * MINUTE_MS) / limits[kind];
      return tooMany(kind, Math.min(MINUTE_MS, wait + others));
    }
    return {
      async check(kind, viewer, times = 1) {
        asked[kind] += times;
        if (isTrusted(viewer)) return;
        const wait = await take(kind, viewer, times);
        if (wait > 0) throw await refusal(kind, wait, times);
        if (viewer.keyId === undefined) return;
        for (let i = 0; i < times; i++) await keys[kind](viewer.shopId, viewer.keyId);
      },
      async spend(viewer, cost) {
        asked.cost += cost;
        if (isTrusted(viewer)) return;
        const wait = await take('cost', viewer, cost);
        if (wait > 0) throw await refusal('cost', wait, cost);
      },
      forRequest: counting,
      async report(viewer) {
        const requested = Math.ceil(Math.max(...COUNTED.map((kind) => asked[kind] * worth(kind))));
        if (isTrusted(viewer)) return { requested, maximum: null, remaining: null, restoreRate: null };
        // Whoever cannot be told has nothing: the answer itself is there.
        const left = await leftOf(viewer.client).catch(() => [0]);
        return {
          requested,
          maximum: limits.cost,
          remaining: Math.floor(Math.min(...left)),
          restoreRate: Math.floor(limits.cost / 60),
        };
      },
    };
  }
  return counting();
}

function isTrusted({ role }: Viewer): boolean {
  return role === 'merchandiser' || role === 'admin';
}

const MINUTE_MS = 60_000;
const minuteOf = (time: number) => Math.floor(time / MINUTE_MS);

/** The share of a minute's limit that one block holds, so that only one search in twenty writes to the database. */
const BLOCKS = 20;

/**
 * Counts a key's calls per calendar minute. The count is in the database; this process takes calls from it in blocks.
 */
function sharedCounter(db: Database, kind: LimitedKind, limit: number) {
  const block = Math.max(1, Math.floor(limit / BLOCKS));
  const held = new Map<string, { minute: number; left: number; isUsedUp: boolean }>();
  const share = shareBlocks();
  return async (shopId: string, keyId: string): Promise<void> => {
    const wait = await share(keyId, {
      amount: 1,
      serve() {
        const now = Date.now();
        const mine = held.get(keyId);
        if (mine?.minute !== minuteOf(now)) return undefined;
        if (mine.left < 1) return mine.isUsedUp ? (mine.minute + 1) * MINUTE_MS - now : undefined;
        mine.left -= 1;
        return 0;
      },
      async take(wanted) {
        const minute = minuteOf(Date.now());
        const of = { shopId, keyId, kind, minute, block: Math.max(block, wanted), limit };
        const granted = await db.as(keyId).inShop(shopId, (tx) => takeUsage(tx, of));
        held.set(keyId, { minute, left: granted, isUsedUp: granted < 1 });
      },
    });
    if (wait > 0) throw tooMany(kind, wait);
  };
}

const WHAT = { parse: 'photos', search: 'searches', event: 'events', cost: 'questions' } as const;

function tooMany(kind: keyof typeof WHAT, milliseconds: number): RateLimitedError {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return new RateLimitedError(`Too many ${WHAT[kind]} in a minute. Try again in ${seconds} s.`, seconds);
}
