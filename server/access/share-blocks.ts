interface Call<Result> {
  readonly amount: number;
  /** Serves the call from what is held; undefined if something must be taken first. */
  serve(): Result | undefined;
  /** Takes something. `wanted`: what all calls need that wait, this one among them. */
  take(wanted: number): Promise<void>;
}

/**
 * Calls of one name take one after another, and whoever waited looks first at what the others have taken: forty searches of
 * one request would otherwise take forty blocks, of which 39 are lost. If one fails to take, so do those who wait for it.
 */
export function shareBlocks(): <Result>(name: string, call: Call<Result>) => Promise<Result> {
  const taking = new Map<string, Promise<void>>();
  const wanted = new Map<string, number>();

  function want(name: string, amount: number): void {
    const all = (wanted.get(name) ?? 0) + amount;
    if (all > 0) wanted.set(name, all);
    else wanted.delete(name);
  }

  return async (name, { amount, serve, take }) => {
    let served = serve();
    if (served !== undefined) return served;
    want(name, amount);
    try {
      do {
        const under = taking.get(name) ?? take(wanted.get(name) ?? amount).finally(() => taking.delete(name));
        taking.set(name, under);
        await under;
        served = serve();
      } while (served === undefined);
      return served;
    } finally {
      want(name, -amount);
    }
  };
}
