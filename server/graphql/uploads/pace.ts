import type { Readable } from 'node:stream';

/**
 * The least that an upload must bring: 4 KiB/s, averaged over the last ten seconds. A telephone on a bad line is well
 * above that; a client that sends single bytes to hold a place is not.
 */
export const PACE = { bytesPerSecond: 4096, seconds: 10 };

/** Calls `onSlow` when a request brings less than PACE. Returns the function that ends the watch. */
export function watchPace(request: Readable, onSlow: () => void): () => void {
  let perSecond: number[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  const timer = setInterval(() => {
    // The parser or the disk is behind, not the client.
    perSecond = request.isPaused() ? [] : [...perSecond, bytes].slice(-PACE.seconds);
    bytes = 0;
    const sum = perSecond.reduce((a, b) => a + b, 0);
    if (perSecond.length === PACE.seconds && sum < PACE.seconds * PACE.bytesPerSecond) onSlow();
  }, 1000);
  return () => clearInterval(timer);
}
