/** What was made lately, by key: at most `most` things, each for at most `ms` after it was asked for first. */
export interface Recent<T> {
  /** What is kept under the key, else what `make` makes; what fails is not kept. */
  get(key: string, make: () => Promise<T>): Promise<T>;
  clear(): void;
}

export function keepRecent<T>(most: number, ms: number): Recent<T> {
  const kept = new Map<string, { readonly value: Promise<T>; readonly timer: NodeJS.Timeout }>();
  const drop = (key: string) => {
    clearTimeout(kept.get(key)?.timer);
    kept.delete(key);
  };
  return {
    get(key, make) {
      const known = kept.get(key);
      if (known) return known.value;
      const value = make();
      const timer = setTimeout(() => drop(key), ms).unref();
      kept.set(key, { value, timer });
      value.catch(() => {
        if (kept.get(key)?.value === value) drop(key);
      });
      // A Map keeps insertion order: the first is the oldest.
      for (const oldest of kept.keys()) if (kept.size > most) drop(oldest);
      return value;
    },
    clear() {
      for (const key of kept.keys()) drop(key);
    },
  };
}
