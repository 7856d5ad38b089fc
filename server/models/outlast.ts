import { setTimeout as pause } from 'node:timers/promises';
import { isUnavailable } from '../errors/unavailable.ts';

const PAUSE_MS = 10_000;
/** A picture that the store has other bytes of than were stored looks like an outage, and stays so. */
const TRIES = 6;

/** Does the work again for up to a minute while the store or the database is away, unless it is to stop. */
export async function outlast<T>(
  work: () => Promise<T>,
  signal: AbortSignal,
  pauseMs = PAUSE_MS,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isUnavailable(error) || tries === TRIES || signal.aborted) throw error;
      await pause(pauseMs, undefined, { ref: false, signal }).catch(() => undefined);
    }
  }
}
