import { BusyError, RateLimitedError } from '../errors/errors.ts';

/** How much of something goes on at once, of each client and in all. */
export interface Places {
  /** Takes a place; returns what gives it back. Throws RateLimitedError or BusyError where none is free. */
  take(client: string): () => void;
}

const RETRY_SECONDS = 5;

/** `what` is in the plural, as in "uploads". */
export function makePlaces(what: string, limits: { ofClient: number; all: number }): Places {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    take(client) {
      const own = taken.get(client) ?? 0;
      if (own >= limits.ofClient) {
        const message = `You have ${own} ${what} open already; ${limits.ofClient} are allowed at a time.`;
        throw new RateLimitedError(message, RETRY_SECONDS);
      }
      if (all >= limits.all) {
        throw new BusyError(
          `The server has as many ${what} as it can take; try again shortly.`,
          RETRY_SECONDS,
        );
      }
      taken.set(client, own + 1);
      all += 1;
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        all -= 1;
        const left = (taken.get(client) ?? 1) - 1;
        if (left > 0) taken.set(client, left);
        else taken.delete(client);
      };
    },
  };
}
