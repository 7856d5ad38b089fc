/** Links to files of a shop, since a browser sends no key when it follows a link. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Long enough to click, too short to be passed around. */
const SECONDS = 15 * 60;

export interface SignedLinks {
  /** A query that opens `what` of this shop for a quarter of an hour. */
  sign(shopId: string, what: string): URLSearchParams;
  /** The shop of a recent query that was signed here for `what`; otherwise null. */
  shopOf(what: string, query: Readonly<Record<string, unknown>>): string | null;
}

/** `purpose` keeps the links of one kind of file from opening another's. */
export function makeSignedLinks(secret: Buffer, purpose: string, now: () => number = Date.now): SignedLinks {
  const sign = (...parts: readonly string[]) =>
    createHmac('sha256', secret)
      .update([purpose, ...parts].join(' '))
      .digest();
  return {
    sign(shopId, what) {
      const until = String(Math.floor(now() / 1000) + SECONDS);
      const signature = sign(shopId, what, until).toString('base64url');
      return new URLSearchParams({ shop: shopId, until, sign: signature });
    },
    shopOf(what, { shop, until, sign: given }) {
      if (typeof shop !== 'string' || typeof until !== 'string' || typeof given !== 'string') return null;
      const expected = sign(shop, what, until);
      const signature = Buffer.from(given, 'base64url');
      if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null;
      return Number(until) * 1000 > now() ? shop : null;
    },
  };
}
