import { createHmac, timingSafeEqual } from 'node:crypto';

/** Long enough to click, too short to be passed around. */
const SECONDS = 15 * 60;

/** Links to lists of errors, since a browser sends no key when it follows a link. */
export interface ErrorLinks {
  errorsUrl(shopId: string, jobId: string): string;
  /** The shop of a recent link that was signed here for this job; otherwise null. */
  shopOf(jobId: string, query: Readonly<Record<string, unknown>>): string | null;
}

export function makeErrorLinks(secret: Buffer, now: () => number = Date.now): ErrorLinks {
  const sign = (...parts: readonly string[]) =>
    createHmac('sha256', secret)
      .update(['errors.csv', ...parts].join(' '))
      .digest();
  return {
    errorsUrl(shopId, jobId) {
      const until = String(Math.floor(now() / 1000) + SECONDS);
      const signature = sign(shopId, jobId, until).toString('base64url');
      return `/imports/${jobId}/errors.csv?${new URLSearchParams({ shop: shopId, until, sign: signature })}`;
    },
    shopOf(jobId, { shop, until, sign: given }) {
      if (typeof shop !== 'string' || typeof until !== 'string' || typeof given !== 'string') return null;
      const expected = sign(shop, jobId, until);
      const signature = Buffer.from(given, 'base64url');
      if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null;
      return Number(until) * 1000 > now() ? shop : null;
    },
  };
}
