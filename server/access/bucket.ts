const MINUTE_MS = 60_000;
/** So many clients are remembered before those whose buckets are full again are forgotten. */
const SWEEP_AT = 10_000;
/** What adding up fractions may lack. */
const EPSILON = 1e-6;

export interface Bucket {
  /** What this client has left, a fraction included. */
  left(client: string): number;
  /** Takes it and returns 0, or takes nothing and returns the milliseconds after which there will be enough. */
  take(client: string, amount: number): number;
}

/**
 * A token bucket for each client: it holds `capacity` and fills at an even rate, from empty to full in a minute. A client
 * can therefore compute what it has left, which a count that begins anew with each minute would not allow.
 */
export function makeBuckets(capacity: number, now: () => number = () => performance.now()): Bucket {
  const perMs = capacity / MINUTE_MS;
  const buckets = new Map<string, { left: number; at: number }>();
  let sweepAt = SWEEP_AT;

  function leftAt(client: string, time: number): number {
    const bucket = buckets.get(client);
    return bucket ? Math.min(capacity, bucket.left + (time - bucket.at) * perMs) : capacity;
  }

  function sweep(time: number): void {
    for (const client of buckets.keys()) if (leftAt(client, time) >= capacity) buckets.delete(client);
    // Those that stay are in use: they are gone through again once they have doubled.
    sweepAt = Math.max(SWEEP_AT, 2 * buckets.size);
  }

  return {
    left: (client) => leftAt(client, now()),
    take(client, amount) {
      const time = now();
      const left = leftAt(client, time);
      // More than fits is never enough, however long the client waits.
      if (amount > capacity) return MINUTE_MS;
      if (left + EPSILON < amount) return Math.ceil((amount - left) / perMs);
      if (buckets.size >= sweepAt) sweep(time);
      buckets.set(client, { left: Math.max(0, left - amount), at: time });
      return 0;
    },
  };
}
