import { setTimeout as pause } from 'node:timers/promises';
import { retryAfterMs } from './retry-after.ts';

/** Pauses for hosts that asked for fewer requests. */
export interface HostBackoff {
  begin(url: URL, retryAfter: string): void;
  /** The time until which the host is left alone. */
  wait(url: URL): Promise<void>;
}

const USUAL_MS = 2_000;
/** If a host asks for a longer pause, the queue's own doubling pauses take over. */
const LONGEST_MS = 15_000;
const MOST_HOSTS = 1000;

export function openHostBackoff(): HostBackoff {
  const until = new Map<string, number>();
  return {
    begin({ host }, retryAfter) {
      const ms = Math.min(LONGEST_MS, retryAfterMs(retryAfter, Date.now(), USUAL_MS));
      if (until.size >= MOST_HOSTS) until.clear();
      until.set(host, Date.now() + ms);
    },
    async wait({ host }) {
      const ms = (until.get(host) ?? 0) - Date.now();
      if (ms > 0) await pause(ms);
      else until.delete(host);
    },
  };
}
