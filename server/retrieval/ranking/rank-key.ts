import { isTime } from '../../graphql/connection.ts';
import type { Pin } from './arrange.ts';
import { MAX_PINS } from './rule.ts';
import type { ShiftedItem } from './streams.ts';

/** Where a listing with rules has got to. It is carried in the cursor. */
export interface Progress {
  /** The last unpinned item; undefined before the first. */
  readonly last: ShiftedItem | undefined;
  /** Items listed so far, pins among them. */
  readonly served: number;
  /** When the listing began: it keeps the pins, boosts and buries of that time. */
  readonly time: string;
  /** The pins by position; the first `passed` of them have been listed. */
  readonly pins: readonly Pin[];
  readonly passed: number;
}

/** The parts of a cursor: two without rules, otherwise six and two for each pin. */
export type RankKey = readonly (string | number)[];

export function keyOf({ last, served, time, pins, passed }: Progress): RankKey {
  const own = last ? [last.distance, last.itemId, last.steps] : [0, '', 0];
  return [...own, served, time, passed, ...pins.flatMap(({ itemId, position }) => [itemId, position])];
}

export function progressOf(key: RankKey): Progress | null {
  if (key.length === 2) return null;
  const [distance, itemId, steps, served, time, passed, ...rest] = key as [
    number,
    string,
    number,
    number,
    string,
    number,
    ...(string | number)[],
  ];
  const pins = Array.from({ length: rest.length / 2 }, (_, i) => ({
    itemId: rest[i * 2] as string,
    position: rest[i * 2 + 1] as number,
  }));
  return { last: itemId === '' ? undefined : { distance, itemId, steps }, served, time, pins, passed };
}

const isCount = (part: unknown) => Number.isSafeInteger(part) && Number(part) >= 0;

export function isRankKey(key: readonly unknown[]): key is RankKey {
  const [distance, itemId, steps, served, time, passed, ...pins] = key;
  if (typeof distance !== 'number' || typeof itemId !== 'string') return false;
  if (key.length === 2) return true;
  return (
    Number.isInteger(steps) &&
    isCount(served) &&
    isTime(time) &&
    isCount(passed) &&
    pins.length % 2 === 0 &&
    pins.length <= 2 * MAX_PINS &&
    pins.every((part, i) => (i % 2 === 0 ? typeof part === 'string' : isCount(part)))
  );
}
