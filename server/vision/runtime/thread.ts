/** Questions to a worker thread and its answers, which may come in any order. */
import type { TransferListItem, Worker } from 'node:worker_threads';

interface Answer<Value> {
  readonly id: number;
  readonly value?: Value;
  readonly error?: string;
}

interface Waiting<Value> {
  readonly resolve: (value: Value) => void;
  readonly reject: (error: Error) => void;
}

export interface Thread<Value> {
  /** Whether it has ended, by itself or by `close`. */
  readonly isGone: boolean;
  /** Rejects with what the thread says of it, or if the thread ends before it answers. */
  ask(question: object, transfer?: readonly TransferListItem[]): Promise<Value>;
  /** Once it has answered everything. */
  close(): Promise<void>;
}

/**
 * Talks to a worker that answers each message `{ id, ... }` with `{ id, value }` or `{ id, error }`, and ends at one without
 * an id. The worker keeps the process alive only while it is asked something. `name` is for errors.
 */
export function talkTo<Value>(worker: Worker, name: string): Thread<Value> {
  const waiting = new Map<number, Waiting<Value>>();
  let last = 0;
  let gone: Error | undefined;
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const fail = (error: Error) => {
    gone ??= error;
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.once('exit', () => fail(new Error(`${name} is closed.`)));
  worker.on('message', ({ id, value, error }: Answer<Value>) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    if (error === undefined) asked?.resolve(value as Value);
    else asked?.reject(new Error(error));
  });
  worker.unref();
  return {
    get isGone() {
      return gone !== undefined;
    },
    ask: (question, transfer = []) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(gone);
        const id = ++last;
        worker.postMessage({ ...question, id }, transfer);
        waiting.set(id, { resolve, reject });
        worker.ref();
      }),
    async close() {
      if (gone) return;
      worker.ref();
      worker.postMessage({});
      await exited;
    },
  };
}
