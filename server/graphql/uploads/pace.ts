import type { Readable } from 'node:stream';

/**
 * The least that an upload must bring: 4 KiB/s, averaged over the last ten seconds. A telephone on a bad line is well
 * above that; a client that sends single bytes to hold a place is not.
 */
export const PACE = { bytesPerSecond: 4096, seconds: 10 };
/** For so long, a request may wait for the parser or the disk without a byte being taken from it. */
const MAX_STALLED_SECONDS = 60;

/**
 * Calls `onSlow` when a request brings less than PACE, or when nothing is taken from it: no request holds its place for
 * ever, whoever is behind. Returns the function that ends the watch.
 */
export function watchPace(request: Readable, onSlow: () => void): () => void {
  let perSecond: number[] = [];
  let bytes = 0;
  let stalled = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  const timer = setInterval(() => {
    // The parser or the disk is behind, not the client.
    const isPaused = request.isPaused();
    perSecond = isPaused ? [] : [...perSecond, bytes].slice(-PACE.seconds);
    stalled = isPaused && bytes === 0 ? stalled + 1 : 0;
    bytes = 0;
    const sum = perSecond.reduce((a, b) => a + b, 0);
    const isSlow = perSecond.length === PACE.seconds && sum < PACE.seconds * PACE.bytesPerSecond;
    if (isSlow || stalled >= MAX_STALLED_SECONDS) onSlow();
  }, 1000);
  return () => clearInterval(timer);
}
