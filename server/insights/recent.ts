/** Remembers keys for a short while, a bounded number of them. */
export interface Recent {
  /** Whether the key was not seen within the time; it is from now on. */
  isNew(key: string, now?: number): boolean;
}

export function makeRecent({ forMs, most }: { forMs: number; most: number }): Recent {
  // In the order in which they were added.
  const seen = new Map<string, number>();
  return {
    isNew(key, now = Date.now()) {
      const at = seen.get(key);
      if (at !== undefined && now - at < forMs) return false;
      seen.delete(key);
      seen.set(key, now);
      for (const [oldest, time] of seen) {
        if (seen.size <= most && now - time < forMs) break;
        seen.delete(oldest);
      }
      return true;
    },
  };
}
