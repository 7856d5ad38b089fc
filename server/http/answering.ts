import type { ServerResponse } from 'node:http';

/** What has gone on for so long without its client counts no more. */
const MOST_ALONE_MS = 60_000;

const works = new WeakMap<ServerResponse, Set<Promise<unknown>>>();

/** Notes by what a request is being answered: most of it goes on when the client hangs up. */
export function answerBy<T>(response: ServerResponse, work: Promise<T>): Promise<T> {
  const all = works.get(response) ?? new Set();
  works.set(response, all.add(work));
  const end = () => void all.delete(work);
  work.then(end, end);
  return work;
}

/**
 * Calls `done` once the request has been answered or given up, and nothing works on it any more. Whoever hangs up and asks
 * again would otherwise have as much in work as they like.
 */
export function whenDone(response: ServerResponse, done: () => void): void {
  response.once('close', () => {
    const left = [...(works.get(response) ?? [])];
    if (left.length === 0) return done();
    const timer = setTimeout(done, MOST_ALONE_MS).unref();
    void Promise.allSettled(left).then(() => {
      clearTimeout(timer);
      done();
    });
  });
}
