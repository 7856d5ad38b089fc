import { setTimeout as pause } from 'node:timers/promises';
import { BusyError } from '../../errors/errors.ts';

/** Shoppers come first at the model, so `work` is retried for as long as they keep it busy. */
export async function retryWhileBusy<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof BusyError)) throw error;
      await pause(Math.min(5, Number(error.extensions.retryAfter) || 1) * 1000);
    }
  }
}
