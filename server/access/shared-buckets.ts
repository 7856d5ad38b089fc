import { createHmac } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { sweepLimits, takeFromLimit } from './client-limits.sql.ts';

const MINUTE_MS = 60_000;
/** The share of a limit that one block holds, so that about one request in twenty writes to the database. */
const BLOCKS = 20;
/** Beyond it, further clients are counted by each server for itself. */
const MOST_COUNTED = 200_000;
const SWEEP_AT = 10_000;

export interface SharedBucket {
  /** What the client had left, as far as this server knows; null if it knows nothing. */
  left(client: string): number | null;
  /**
   * Takes it and returns 0, or takes nothing and returns the milliseconds after which there may be enough. `initial`:
   * what the client has left if no server has counted it. Null if the client is not counted here.
   */
  take(client: string, amount: number, initial: number): Promise<number | null>;
}

/** What one server holds of a client's limit. */
interface Lease {
  left: number;
  /** What was left in the database. */
  remaining: number;
  readonly at: number;
  /** Until when there was not enough, and for how much. */
  closed?: { readonly until: number; readonly amount: number };
}

/**
 * The token buckets of `makeBuckets`, over all servers. They are kept in the database, from which each server takes
 * blocks; a block not used within a minute is lost, so that limits are never exceeded. Addresses are stored as keyed
 * hashes alone.
 */
export function makeSharedBuckets(
  db: Database,
  { kind, capacity, secret }: { kind: string; capacity: number; secret: Buffer },
): SharedBucket {
  const perMs = capacity / MINUTE_MS;
  const block = Math.max(1, Math.floor(capacity / BLOCKS));
  const leases = new Map<string, Lease>();
  let sweptAt = 0;
  let isFull = false;

  function leaseOf(client: string): Lease | undefined {
    const lease = leases.get(client);
    return lease && Date.now() - lease.at < MINUTE_MS ? lease : undefined;
  }

  function keep(client: string, lease: Lease): void {
    if (leases.size >= SWEEP_AT) for (const name of leases.keys()) if (!leaseOf(name)) leases.delete(name);
    leases.set(client, lease);
  }

  async function takeBlock(client: string, least: number, initial: number) {
    const hash = createHmac('sha256', secret).update(client).digest().subarray(0, 16);
    return db.as(client).asOwner(async (tx) => {
      if (Date.now() - sweptAt > MINUTE_MS) {
        sweptAt = Date.now();
        isFull = (await sweepLimits(tx)) >= MOST_COUNTED;
      }
      const wanted = Math.max(block, least);
      return takeFromLimit(
        tx,
        { client: hash, kind, capacity },
        { wanted, least, initial: isFull ? null : initial },
      );
    });
  }

  return {
    left(client) {
      const lease = leaseOf(client);
      if (!lease) return null;
      return Math.min(capacity, lease.left + lease.remaining + (Date.now() - lease.at) * perMs);
    },
    async take(client, amount, initial) {
      // More than fits is never enough, however long the client waits.
      if (amount > capacity) return MINUTE_MS;
      const lease = leaseOf(client);
      if (lease && lease.left >= amount) {
        lease.left -= amount;
        return 0;
      }
      // Whoever is refused and asks on writes nothing.
      const { closed } = lease ?? {};
      if (closed && amount >= closed.amount && Date.now() < closed.until) return closed.until - Date.now();
      const taken = await takeBlock(client, amount - (lease?.left ?? 0), initial);
      if (!taken) return null;
      // Another call may have taken a block while this one waited.
      const left = (leaseOf(client)?.left ?? 0) + taken.granted;
      const fresh = { remaining: taken.remaining, at: Date.now() };
      if (left >= amount) {
        keep(client, { ...fresh, left: left - amount });
        return 0;
      }
      const wait = Math.max(1, Math.ceil((amount - left - taken.remaining) / perMs));
      keep(client, { ...fresh, left, closed: { until: fresh.at + wait, amount } });
      return wait;
    },
  };
}
