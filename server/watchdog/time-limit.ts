/** Whether the time that some work has is over. */
export type IsOver = () => boolean;

export interface TimeLimit {
  /** Of the clock, and of a processor. */
  readonly ms: number;
  /** Of the clock, however little of a processor there was. */
  readonly mostMs: number;
}

/** What tells how much time has passed, in milliseconds. */
export interface Clocks {
  now(): number;
  /** Of all processors, for all threads of this process. */
  processor(): number;
}

const CLOCKS: Clocks = {
  now: () => performance.now(),
  processor() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/**
 * Begins a time that is over once it has passed by the clock and this process has had as much of a processor. Where a
 * machine is busy with other things, or suspended, good work is given longer; at most `mostMs`.
 */
export function beginTime({ ms, mostMs }: TimeLimit, { now, processor }: Clocks = CLOCKS): IsOver {
  const [began, used] = [now(), processor()];
  return () => {
    const passed = now() - began;
    return passed > mostMs || (passed > ms && processor() - used > ms);
  };
}
