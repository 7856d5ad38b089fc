import { BusyError } from '../errors/errors.ts';

/** How long a client may wait for its turn. The server's own work waits for as long as it takes. */
const MOST_WAIT_MS = 30_000;
const RETRY_AFTER_SECONDS = 5;

/** Whose turn it is: a client, or the server's own work, within which shops take turns. */
export type Requester = string | null;

export interface FairQueue {
  /**
   * Waits for a slot; call `give` to release it. `shop` is the one that the server's own work is for. Throws BusyError if a
   * client would wait too long.
   */
  take(requester: Requester, shop?: string): Promise<void>;
  give(): void;
}

/**
 * Shares a few slots, such as a pool's connections, round-robin. A client that asks for a hundred at once waits for
 * itself, while another client waits for one turn at most.
 */
export function makeFairQueue(slots: number, mostWaitMs = MOST_WAIT_MS, what = 'The database'): FairQueue {
  let free = slots;
  // In the order of their turns: the requesters, and of each its shops.
  const waiting = new Map<Requester, Map<string, Set<() => void>>>();

  function wait(requester: Requester, shop: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const shops = waiting.get(requester) ?? new Map<string, Set<() => void>>();
      waiting.set(requester, shops);
      const queue = shops.get(shop) ?? new Set();
      shops.set(shop, queue);
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      const giveUp = () => {
        queue.delete(go);
        if (queue.size === 0) shops.delete(shop);
        if (shops.size === 0) waiting.delete(requester);
        reject(new BusyError(`${what} is too busy at the moment.`, RETRY_AFTER_SECONDS));
      };
      const timer = requester === null ? undefined : setTimeout(giveUp, mostWaitMs);
      queue.add(go);
    });
  }

  return {
    async take(requester, shop = '') {
      if (free === 0) return wait(requester, requester === null ? shop : '');
      free -= 1;
    },
    give() {
      const [next] = waiting;
      if (!next) {
        free += 1;
        return;
      }
      const [requester, shops] = next;
      const [[shop, queue] = ['', new Set<() => void>()]] = shops;
      const [go] = queue;
      queue.delete(go!);
      toTheEnd(shops, shop, queue);
      toTheEnd(waiting, requester, shops);
      go!();
    },
  };
}

/** Of a row of those who wait; whoever waits for nothing more leaves it. */
function toTheEnd<Key, Waiting extends { readonly size: number }>(
  row: Map<Key, Waiting>,
  key: Key,
  waiting: Waiting,
): void {
  row.delete(key);
  if (waiting.size > 0) row.set(key, waiting);
}
