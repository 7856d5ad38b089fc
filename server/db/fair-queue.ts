import { BusyError } from '../errors/errors.ts';

/** How long a client may wait for its turn. The server's own work waits for as long as it takes. */
const MOST_WAIT_MS = 30_000;
const RETRY_AFTER_SECONDS = 5;

/** Whose turn it is: a client, or the server's own work. */
export type Requester = string | null;

export interface FairQueue {
  /** Waits for a slot; call `give` to release it. Throws BusyError if a client would wait too long. */
  take(requester: Requester): Promise<void>;
  give(): void;
}

/**
 * Shares a few slots, such as a pool's connections, round-robin. A client that asks for a hundred at once waits for
 * itself, while another client waits for one turn at most.
 */
export function makeFairQueue(slots: number, mostWaitMs = MOST_WAIT_MS): FairQueue {
  let free = slots;
  // In the order of their turns.
  const waiting = new Map<Requester, Set<() => void>>();

  function wait(requester: Requester): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue = waiting.get(requester) ?? new Set();
      waiting.set(requester, queue);
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      const giveUp = () => {
        queue.delete(go);
        if (queue.size === 0) waiting.delete(requester);
        reject(new BusyError('The database is too busy at the moment.', RETRY_AFTER_SECONDS));
      };
      const timer = requester === null ? undefined : setTimeout(giveUp, mostWaitMs);
      queue.add(go);
    });
  }

  return {
    async take(requester) {
      if (free === 0) return wait(requester);
      free -= 1;
    },
    give() {
      const [next] = waiting;
      if (!next) {
        free += 1;
        return;
      }
      const [requester, queue] = next;
      const [go] = queue;
      queue.delete(go!);
      waiting.delete(requester);
      if (queue.size > 0) waiting.set(requester, queue);
      go!();
    },
  };
}
