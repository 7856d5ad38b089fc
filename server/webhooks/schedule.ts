import { retryAfterMs } from '../catalogue/fetch/retry-after.ts';

/** Seconds after the first failed attempt, the second, and so on; from then on, the last of them. */
const PAUSES = [5, 30, 120, 600, 1800, 3600] as const;
/** A receiver that fails is tried at least this often, with one delivery. */
const LONGEST_PROBE = 300;

const DAY_SECONDS = 24 * 3600;

/** When deliveries are tried again, and when no more. Times are in seconds. */
export interface Schedule {
  readonly pauses: readonly number[];
  readonly longestProbe: number;
  /** A delivery is given up after this many attempts, or this long after the first. */
  readonly mostTries: number;
  readonly givesUpAfter: number;
  /** An endpoint that has failed for this long is switched off. */
  readonly disablesAfter: number;
  /** How long events of failed items are collected. */
  readonly collects: number;
}

export const SCHEDULE: Schedule = {
  pauses: PAUSES,
  longestProbe: LONGEST_PROBE,
  mostTries: 100,
  givesUpAfter: 3 * DAY_SECONDS,
  disablesAfter: 3 * DAY_SECONDS,
  collects: 30,
};

/** Seconds until a delivery that has failed this often is tried again. `asked` is what the receiver asked for. */
export function pauseOf({ pauses }: Schedule, failures: number, asked = 0): number {
  const pause = pauses[Math.min(failures, pauses.length) - 1] ?? 0;
  return Math.max(pause, Math.min(asked, pauses.at(-1)!));
}

/** Seconds until an endpoint that has failed this often in a row is tried again, with whatever is due. */
export function probeOf({ pauses, longestProbe }: Schedule, failures: number, asked = 0): number {
  const pause = Math.min(pauses[Math.min(failures, pauses.length) - 1] ?? 0, longestProbe);
  return Math.max(pause, Math.min(asked, pauses.at(-1)!));
}

/** Seconds of a Retry-After header; 0 if it says nothing. */
export function secondsOf(retryAfter: string | null, now = Date.now()): number {
  return retryAfterMs(retryAfter ?? '', now) / 1000;
}
