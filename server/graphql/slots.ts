import { BusyError, RateLimitedError } from '../errors/errors.ts';

/** Limits how much of something goes on at once, per client and in total. */
export interface Slots {
  /** Takes a slot; returns the function that frees it. Throws RateLimitedError or BusyError if none is free. */
  take(client: string): () => void;
}

const RETRY_SECONDS = 5;

/** `what` is in the plural, as in "uploads". */
export function makeSlots(what: string, limits: { ofClient: number; all: number }): Slots {
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
