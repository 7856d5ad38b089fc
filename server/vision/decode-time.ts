import { beginTime, type IsOver, type TimeLimit } from '../watchdog/time-limit.ts';

/** Decoding a phone's photo takes well under a second; a file that takes this long is an attack. */
export const DECODE_TIME: TimeLimit = { ms: 20_000, mostMs: 120_000 };

/**
 * Decodes within DECODE_TIME. libvips ends by the clock alone, so what it ended is decoded once more, for as long as it may
 * take at most, if the machine had no processor for it.
 */
export async function inDecodeTime<T>(
  decode: (seconds: number) => Promise<T>,
  isOver: IsOver = beginTime(DECODE_TIME),
): Promise<T> {
  const { ms, mostMs } = DECODE_TIME;
  try {
    return await decode(ms / 1000);
  } catch (error) {
    if (!isTimeout(error) || isOver()) throw error;
    return decode((mostMs - ms) / 1000);
  }
}

/** What sharp says; other lines from libvips may come before it. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && /^timeout:/m.test(error.message);
}
