/** An item with a fixed position in the whole list, from 1. */
export interface Pin {
  readonly itemId: string;
  readonly position: number;
}

/**
 * Puts the pins at their positions and `rest` around them. `served` counts the items of earlier pages. If `rest` ends
 * before a pin's position, the pin follows at once, so that no page has a gap. `pins` are sorted by position.
 */
export function arrange<P extends Pin, T>(
  pins: readonly P[],
  rest: readonly T[],
  served: number,
  length: number,
): ({ pin: P } | { item: T })[] {
  const page: ({ pin: P } | { item: T })[] = [];
  let [pinned, taken] = [0, 0];
  while (page.length < length) {
    const pin = pins[pinned];
    const item = rest[taken];
    if (pin && (taken >= rest.length || pin.position <= served + page.length + 1)) {
      page.push({ pin });
      pinned += 1;
    } else if (taken < rest.length) {
      page.push({ item: item as T });
      taken += 1;
    } else break;
  }
  return page;
}
