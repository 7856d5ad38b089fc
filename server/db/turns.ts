import { BusyError } from '../errors/errors.ts';

/** How long a client may wait for its turn. The server's own work waits for as long as it takes. */
const MOST_WAIT_MS = 30_000;
const RETRY_AFTER_SECONDS = 5;

/** Whose turn it is: a client, or the server's own work. */
export type Asker = string | null;

export interface Turns {
  /** Waits for a slot; call `give` to release it. Throws BusyError if a client would wait too long. */
  take(asker: Asker): Promise<void>;
  give(): void;
}

/**
 * Shares a few slots, such as a pool's connections, round-robin. A client that asks for a hundred at once waits for
 * itself, while another client waits for one turn at most.
 */
export function makeTurns(places: number, mostWaitMs = MOST_WAIT_MS): Turns {
  let free = places;
  // In the order of their turns.
  const waiting = new Map<Asker, Set<() => void>>();

  function wait(asker: Asker): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue = waiting.get(asker) ?? new Set();
      waiting.set(asker, queue);
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      const giveUp = () => {
        queue.delete(go);
        if (queue.size === 0) waiting.delete(asker);
        reject(new BusyError('The database is too busy at the moment.', RETRY_AFTER_SECONDS));
      };
      const timer = asker === null ? undefined : setTimeout(giveUp, mostWaitMs);
      queue.add(go);
    });
  }

  return {
    async take(asker) {
      if (free === 0) return wait(asker);
      free -= 1;
    },
    give() {
      const [next] = waiting;
      if (!next) {
        free += 1;
        return;
      }
      const [asker, queue] = next;
      const [go] = queue;
      queue.delete(go!);
      waiting.delete(asker);
      if (queue.size > 0) waiting.set(asker, queue);
      go!();
    },
  };
}
