import { ApiError } from './api/errors.ts';
import type { LookInput, LooksResult } from './api/looks.ts';
import type { FileLook, RowProblem } from './looks-file.ts';

export interface Sent {
  /** How many looks were sent. */
  count: number;
  saved: number;
  unchanged: number;
  /** The looks that the server refused, by the rows that are at fault. */
  problems: RowProblem[];
}

export const NOTHING_SENT: Sent = { count: 0, saved: 0, unchanged: 0, problems: [] };

const MOST_LOOKS = 100;
/** The server takes requests of up to 256 kB. */
const MOST_BYTES = 200_000;
const MOST_TRIES = 6;
const WAIT_S = 5;

interface SendOptions {
  save(looks: LookInput[], signal: AbortSignal): Promise<LooksResult>;
  signal: AbortSignal;
  /** What was sent before a failure. */
  after?: Sent;
  sleep?(seconds: number, signal: AbortSignal): Promise<void>;
}

/** Sends looks in batches, and yields after each what was sent so far. Waits for a busy server. */
export async function* sendLooks(
  looks: FileLook[],
  { save, signal, after = NOTHING_SENT, sleep = pause }: SendOptions,
): AsyncGenerator<Sent, void, undefined> {
  let sent = after;
  while (sent.count < looks.length) {
    const batch = batchFrom(looks, sent.count);
    const result = await patiently(() => save(batch.map(toInput), signal), signal, sleep);
    sent = {
      count: sent.count + batch.length,
      saved: sent.saved + result.saved,
      unchanged: sent.unchanged + result.unchanged,
      problems: [...sent.problems, ...result.errors.map((error) => toProblem(batch, error))],
    };
    yield sent;
  }
}

function batchFrom(looks: FileLook[], start: number): FileLook[] {
  let end = start;
  for (let bytes = 0; end < looks.length && end - start < MOST_LOOKS; end++) {
    bytes += new TextEncoder().encode(JSON.stringify(looks[end])).length;
    if (bytes > MOST_BYTES && end > start) break;
  }
  return looks.slice(start, end);
}

function toInput({ id, name, itemIds }: FileLook): LookInput {
  return { id, name: name ?? null, itemIds };
}

function toProblem(batch: FileLook[], { index, itemId, reason }: LooksResult['errors'][number]): RowProblem {
  const look = batch[index];
  const at = itemId ? look?.itemIds.indexOf(itemId) : 0;
  return { row: look?.rows[at ?? 0] ?? 0, lookId: look?.id ?? null, itemId: itemId ?? null, reason };
}

/** Retries while the server is busy. */
async function patiently<T>(
  send: () => Promise<T>,
  signal: AbortSignal,
  sleep: NonNullable<SendOptions['sleep']>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await send();
    } catch (error) {
      const busy = error instanceof ApiError && (error.code === 'BUSY' || error.code === 'RATE_LIMITED');
      if (!busy || tries >= MOST_TRIES) throw error;
      await sleep(error.retryAfter ?? WAIT_S, signal);
    }
  }
}

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
