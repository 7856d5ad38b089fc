/**
 * The same items, with `close` run when they have ended or are no longer wanted. A generator's own `finally` does not run
 * where it has never begun: what it was to read would stay open.
 */
export function closing<T>(items: AsyncGenerator<T>, close: () => Promise<unknown>): AsyncGenerator<T> {
  const ended = async <R>(result: Promise<R>): Promise<R> => {
    try {
      return await result;
    } finally {
      await close();
    }
  };
  return {
    async next() {
      try {
        const result = await items.next();
        if (result.done) await close();
        return result;
      } catch (error) {
        await close();
        throw error;
      }
    },
    return: (value) => ended(items.return(value)),
    throw: (error) => ended(items.throw(error)),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
