import { createHmac } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { readLimits, sweepLimits, takeFromLimit } from './client-limits.sql.ts';
import { shareBlocks } from './share-blocks.ts';

const MINUTE_MS = 60_000;
/** The share of a limit that one block holds, so that about one request in twenty writes to the database. */
const BLOCKS = 20;
/** Beyond it, further clients are counted by each server for itself. */
const MOST_COUNTED = 200_000;
const SWEEP_AT = 10_000;
/** What adding up fractions may lack. */
const EPSILON = 1e-6;

export interface SharedBucket {
  /**
   * Takes it and returns 0, or takes nothing and returns the milliseconds after which there may be enough. `initial`:
   * what the client has left if no server has counted it. Null if the client is not counted here.
   */
  take(client: string, amount: number, initial: number): Promise<number | null>;
}

/** What one server holds of a client's limit. */
interface Lease {
  left: number;
  readonly at: number;
  /** As many clients are counted in the database as may be. */
  readonly isUncounted?: boolean;
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
  const share = shareBlocks();
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

  async function takeBlock(
    client: string,
    { wanted, least, initial }: Record<'wanted' | 'least' | 'initial', number>,
  ) {
    const hash = hashOf(client, secret);
    return db.as(client).asOwner(async (tx) => {
      if (Date.now() - sweptAt > MINUTE_MS) {
        sweptAt = Date.now();
        isFull = (await sweepLimits(tx)) >= MOST_COUNTED;
      }
      return takeFromLimit(
        tx,
        { client: hash, kind, capacity },
        { wanted: Math.max(block, wanted), least, initial: isFull ? null : initial },
      );
    });
  }

  return {
    async take(client, amount, initial) {
      // More than fits is never enough, however long the client waits.
      if (amount > capacity) return MINUTE_MS;
      return share(client, {
        amount,
        serve() {
          const lease = leaseOf(client);
          if (!lease) return undefined;
          if (lease.isUncounted) return null;
          if (lease.left + EPSILON >= amount) {
            lease.left = Math.max(0, lease.left - amount);
            return 0;
          }
          // Whoever is refused and asks on writes nothing.
          const { closed } = lease;
          return closed && amount >= closed.amount && Date.now() < closed.until
            ? closed.until - Date.now()
            : undefined;
        },
        async take(wanted) {
          const held = leaseOf(client)?.left ?? 0;
          const least = amount - held;
          const taken = await takeBlock(client, { wanted: wanted - held, least, initial });
          const at = Date.now();
          if (!taken) return keep(client, { left: 0, at, isUncounted: true });
          // Another call may have used what was held.
          const left = (leaseOf(client)?.left ?? 0) + taken.granted;
          if (taken.granted > 0) return keep(client, { left, at });
          const wait = Math.max(1, Math.ceil((least - taken.remaining) / perMs));
          keep(client, { left, at, closed: { until: at + wait, amount } });
        },
      });
    },
  };
}

/**
 * What a client has left at whichever server it asks next, by kind; nothing of a kind that was not counted. What one server
 * holds is not among it, since the others do not have that.
 */
export async function leftAtAny(
  db: Database,
  client: string,
  { capacities, secret }: { capacities: ReadonlyMap<string, number>; secret: Buffer },
): Promise<Map<string, number>> {
  const rows = await db.as(client).askAsOwner((tx) => readLimits(tx, hashOf(client, secret)));
  return new Map(
    rows.map(({ kind, remaining, seconds }) => {
      const capacity = capacities.get(kind) ?? 0;
      return [kind, Math.min(capacity, remaining + (Math.max(0, seconds) * capacity) / 60)];
    }),
  );
}

function hashOf(client: string, secret: Buffer): Buffer {
  return createHmac('sha256', secret).update(client).digest().subarray(0, 16);
}
