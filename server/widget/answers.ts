import { ByteCache } from '../images/cache.ts';

const CACHE_BYTES = 32 * 1024 * 1024;

/** What the API says, as it is sent: `body` is JSON. */
export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** Whether the next who asks may get it too. */
  readonly isKept: boolean;
}

/** Keeps good answers by name. Of those who ask for the same at once, one asks the API. */
export function makeAnswers(): (name: string, ask: () => Promise<Answer>) => Promise<Answer> {
  const cache = new ByteCache(CACHE_BYTES);
  const asking = new Map<string, Promise<Answer>>();
  return (name, ask) => {
    const body = cache.get(name);
    if (body) return Promise.resolve({ status: 200, body, isKept: true });
    const under = asking.get(name);
    // A refusal is of whoever asked: the others ask for themselves.
    if (under) {
      return under.then(
        (one) => (one.isKept ? one : ask()),
        () => ask(),
      );
    }
    const answer = ask()
      .then((one) => {
        if (one.isKept) cache.set(name, one.body);
        return one;
      })
      .finally(() => asking.delete(name));
    asking.set(name, answer);
    return answer;
  };
}
