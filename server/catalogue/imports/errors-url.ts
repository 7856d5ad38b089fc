import { makeSignedLinks } from '../../http/signed-links.ts';

/** Links to lists of errors. */
export interface ErrorLinks {
  errorsUrl(shopId: string, jobId: string): string;
  /** The shop of a recent link that was signed here for this job; otherwise null. */
  shopOf(jobId: string, query: Readonly<Record<string, unknown>>): string | null;
}

export function makeErrorLinks(secret: Buffer, now: () => number = Date.now): ErrorLinks {
  const links = makeSignedLinks(secret, 'errors.csv', now);
  return {
    errorsUrl: (shopId, jobId) => `/imports/${jobId}/errors.csv?${links.sign(shopId, jobId)}`,
    shopOf: links.shopOf,
  };
}
