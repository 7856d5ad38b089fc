/**
 * Up to `count` of a sorted list: its beginning, then one of ever more. Outfits that must differ need more than the very
 * best candidates, which look alike.
 */
export function spread<T>(sorted: readonly T[], count: number): T[] {
  if (sorted.length <= count) return [...sorted];
  const last = sorted.length - 1;
  const places = new Set<number>();
  for (let i = 0; i < count; i++) {
    const wanted = Math.round(last * (i / (count - 1)) ** 2);
    places.add(Math.max(wanted, places.size));
  }
  return [...places].map((place) => sorted[place]!);
}
