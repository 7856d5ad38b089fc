/** Answers kept while the tab lives, so that going back shows at once what was there. The oldest go first. */
const LIMIT = 80;
const kept = new Map<string, unknown>();

export function keep(key: string, value: unknown): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > LIMIT && oldest !== undefined) kept.delete(oldest);
}

export function recall<T>(key: string): T | undefined {
  return kept.get(key) as T | undefined;
}

export function forget(key: string): void {
  kept.delete(key);
}

export function forgetAll(): void {
  kept.clear();
}
