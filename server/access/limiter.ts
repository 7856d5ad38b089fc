import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimitedError } from '../errors.ts';
import type { Viewer } from './viewer.ts';

/** Keeps one client from taking the model or the search from all others. Counts in this process alone. */
export interface Limiter {
  /** Throws RateLimitedError where an anonymous client or a widget has used up its minute. */
  check(kind: 'parse' | 'search', viewer: Viewer): Promise<void>;
}

export function makeLimiter(perMinute: { parse: number; search: number }): Limiter {
  const counters = {
    parse: new RateLimiterMemory({ points: perMinute.parse, duration: 60 }),
    search: new RateLimiterMemory({ points: perMinute.search, duration: 60 }),
  };
  return {
    async check(kind, viewer) {
      if (viewer.role === 'merchandiser' || viewer.role === 'admin') return;
      try {
        await counters[kind].consume(viewer.client);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        const what = kind === 'parse' ? 'photos' : 'searches';
        throw new RateLimitedError(`Too many ${what} in a minute. Try again in ${seconds} s.`, seconds);
      }
    },
  };
}
