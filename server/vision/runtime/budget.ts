/** Tasks that share an amount of memory: each waits until its part is free, first come, first served. */
export interface Budget {
  /** `amount` is capped at the total: a larger task runs alone. */
  run<T>(amount: number, task: () => Promise<T>): Promise<T>;
}

export function openBudget(whole: number): Budget {
  const waiting: { amount: number; start: () => void }[] = [];
  let free = whole;

  function startNext(): void {
    // Strictly in order: otherwise small tasks could starve a large one.
    while (waiting[0] && waiting[0].amount <= free) {
      const { amount, start } = waiting.shift()!;
      free -= amount;
      start();
    }
  }

  return {
    async run(amount, task) {
      const taken = Math.min(amount, whole);
      await new Promise<void>((start) => {
        waiting.push({ amount: taken, start });
        startNext();
      });
      try {
        return await task();
      } finally {
        free += taken;
        startNext();
      }
    },
  };
}
