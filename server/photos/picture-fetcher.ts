/** The pictures behind addresses that shoppers give. */
import { hasRole, type Viewer } from '../access/viewer.ts';
import { FetchError, openFetcher } from '../catalogue/fetch/fetcher.ts';
import { LIMITS } from '../catalogue/limits.ts';
import type { Config } from '../config.ts';
import { InvalidImageError, InvalidInputError } from '../errors/errors.ts';
import { makeSlots } from '../graphql/slots.ts';

/** Pictures that are fetched or wait for the parser at once: each is in memory, with at most 20 MB. */
const SLOTS = { ofClient: 2, all: 8 };
/** A shopper waits. */
const PATIENCE = { silenceMs: 8_000, wholeMs: 20_000 };

export interface PictureFetcher {
  /**
   * Calls `use` with the bytes behind an http(s) address. Throws InvalidInputError (FETCH_REFUSED, FETCH_FAILED,
   * INVALID_INPUT), InvalidImageError, and RateLimitedError or BusyError if too many are fetched.
   */
  withPicture<T>(address: string, viewer: Viewer, use: (bytes: Buffer) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function openPictureFetcher({ fetchAllowHosts, limits }: Config): PictureFetcher {
  const slots = makeSlots('pictures from links', SLOTS);
  const common = { patience: PATIENCE, maxBytes: limits.photoBytes };
  const guarded = openFetcher(common);
  // FETCH_ALLOW_HOSTS opens inner hosts to the shop's own people, never to shoppers.
  const trusting = openFetcher({ ...common, allowHosts: fetchAllowHosts });
  return {
    async withPicture(address, viewer, use) {
      const url = readAddress(address);
      const free = slots.take(viewer.client);
      try {
        const fetcher = hasRole(viewer, 'merchandiser') ? trusting : guarded;
        return await use((await fetcher.fetch(url).catch(tell)).bytes);
      } finally {
        free();
      }
    },
    close: async () => void (await Promise.all([guarded.close(), trusting.close()])),
  };
}

function readAddress(address: string): string {
  const text = address.trim();
  const url = text.length <= LIMITS.linkLength && URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  throw new InvalidInputError(
    `Give the whole address of a picture, beginning with https://, of at most ${LIMITS.linkLength} characters.`,
    { field: 'url' },
  );
}

/** The fetcher's reason, without the query of an address, which may carry somebody's access. Keeps no cause. */
function tell(error: unknown): never {
  if (!(error instanceof FetchError)) throw error;
  const message = error.message.replace(/(https?:\/\/[^\s?#]*)[?#]\S*/g, '$1');
  if (error.code === 'IMAGE_TOO_LARGE') throw new InvalidImageError('IMAGE_TOO_LARGE', message);
  throw new InvalidInputError(message, { code: error.code, field: 'url' });
}
