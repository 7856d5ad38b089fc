import { describe, expect, it } from 'vitest';
import { openBudget } from '../../../../../server/vision/runtime/budget.ts';

/** A task that ends when it is told to. */
function task(name: string, log: string[]) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async () => {
    log.push(name);
    await ended;
  };
  return { run, end: () => end() };
}
const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('a budget', () => {
  it('lets in what fits, in order, and the rest as others end', async () => {
    const log: string[] = [];
    const budget = openBudget(10);
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => task(name, log));
    const all = [budget.run(6, a!.run), budget.run(4, b!.run), budget.run(7, c!.run), budget.run(1, d!.run)];
    await soon();
    expect(log).toEqual(['a', 'b']);
    b!.end();
    await soon();
    // The small one does not pass the large one that waits before it.
    expect(log).toEqual(['a', 'b']);
    a!.end();
    await soon();
    expect(log).toEqual(['a', 'b', 'c', 'd']);
    c!.end();
    d!.end();
    await Promise.all(all);
  });

  it('runs what is more than the whole alone', async () => {
    const log: string[] = [];
    const budget = openBudget(10);
    const [large, small] = [task('large', log), task('small', log)];
    const all = [budget.run(11, large.run), budget.run(1, small.run)];
    await soon();
    expect(log).toEqual(['large']);
    large.end();
    await soon();
    expect(log).toEqual(['large', 'small']);
    small.end();
    await Promise.all(all);
  });

  it('gives back what a failed task had', async () => {
    const budget = openBudget(1);
    await expect(budget.run(1, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await budget.run(1, async () => 'done')).toBe('done');
  });
});
