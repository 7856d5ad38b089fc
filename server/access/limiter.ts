import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { LimitsPerMinute } from '../config.ts';
import type { Database } from '../db/database.ts';
import { RateLimitedError } from '../errors/errors.ts';
import { takeUsage } from './usage.sql.ts';
import type { Viewer } from './viewer.ts';

export type LimitedKind = 'parse' | 'search' | 'event';

/** Keeps one client or widget from using up the model or the search for everyone else. */
export interface Limiter {
  /**
   * Throws RateLimitedError if an anonymous client or a widget has used up its minute. Clients are counted in this
   * process, widgets' keys in the database: never call this inside a transaction.
   */
  check(kind: LimitedKind, viewer: Viewer, times?: number): Promise<void>;
  /** Like `check`, but counts the cost of a query, since many small queries add up too. */
  spend(viewer: Viewer, cost: number): Promise<void>;
}

export function makeLimiter(limits: LimitsPerMinute, db: Database): Limiter {
  const clients = {
    parse: new RateLimiterMemory({ points: limits.parse, duration: 60 }),
    search: new RateLimiterMemory({ points: limits.search, duration: 60 }),
    event: new RateLimiterMemory({ points: limits.event, duration: 60 }),
    cost: new RateLimiterMemory({ points: limits.cost, duration: 60 }),
  };
  const keys = {
    parse: sharedCounter(db, 'parse', limits.widgetParse),
    search: sharedCounter(db, 'search', limits.widgetSearch),
    event: sharedCounter(db, 'event', limits.widgetEvent),
  };
  const consume = async (what: keyof typeof clients, client: string, points: number) => {
    try {
      await clients[what].consume(client, points);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw tooMany(what, refusal.msBeforeNext);
    }
  };
  return {
    async check(kind, viewer, times = 1) {
      if (isTrusted(viewer)) return;
      await consume(kind, viewer.client, times);
      if (viewer.keyId === undefined) return;
      for (let i = 0; i < times; i++) await keys[kind](viewer.shopId, viewer.keyId);
    },
    async spend(viewer, cost) {
      if (!isTrusted(viewer)) await consume('cost', viewer.client, cost);
    },
  };
}

function isTrusted({ role }: Viewer): boolean {
  return role === 'merchandiser' || role === 'admin';
}

/** The share of a minute's limit that one block holds, so that only one search in twenty writes to the database. */
const BLOCKS = 20;

/**
 * Counts a key's calls per calendar minute. The count is in the database; this process takes calls from it in blocks.
 */
function sharedCounter(db: Database, kind: LimitedKind, limit: number) {
  const block = Math.max(1, Math.floor(limit / BLOCKS));
  const held = new Map<string, { minute: number; left: number }>();
  return async (shopId: string, keyId: string): Promise<void> => {
    const minute = Math.floor(Date.now() / 60_000);
    const mine = held.get(keyId);
    if (mine && mine.minute === minute && mine.left > 0) {
      mine.left -= 1;
      return;
    }
    const granted = await db
      .as(keyId)
      .inShop(shopId, (tx) => takeUsage(tx, { shopId, keyId, kind, minute, block, limit }));
    if (granted < 1) throw tooMany(kind, (minute + 1) * 60_000 - Date.now());
    // Another call may have taken a block while this one waited.
    const now = held.get(keyId);
    const left = now && now.minute === minute ? now.left : 0;
    held.set(keyId, { minute, left: left + granted - 1 });
  };
}

const WHAT = { parse: 'photos', search: 'searches', event: 'events', cost: 'questions' } as const;

function tooMany(kind: keyof typeof WHAT, milliseconds: number): RateLimitedError {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return new RateLimitedError(`Too many ${WHAT[kind]} in a minute. Try again in ${seconds} s.`, seconds);
}
