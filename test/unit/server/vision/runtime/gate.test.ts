import { describe, expect, it } from 'vitest';
import { BusyError } from '../../../../../server/errors/errors.ts';
import { openGate } from '../../../../../server/vision/runtime/gate.ts';

/** A task that ends when it is told to. */
function held() {
  let end = () => {};
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { task: () => promise, end };
}

describe('openGate', () => {
  it('runs so many at once, the next when one ends, in the order they came', async () => {
    const gate = openGate(1, 5);
    const order: number[] = [];
    const first = held();
    const runs = [
      gate.run(first.task).then(() => order.push(1)),
      gate.run(async () => order.push(2)),
      gate.run(async () => order.push(3)),
    ];
    await Promise.resolve();
    expect(order).toEqual([]);
    first.end();
    await Promise.all(runs);
    expect(order.filter((n) => n > 1)).toEqual([2, 3]);
  });

  it('lets those for whom a shopper waits go before the catalogue', async () => {
    const gate = openGate(1, 5);
    const order: string[] = [];
    const first = held();
    const runs = [
      gate.run(first.task, 'catalogue'),
      gate.run(async () => order.push('catalogue'), 'catalogue'),
      gate.run(async () => order.push('shopper')),
    ];
    first.end();
    await Promise.all(runs);
    expect(order).toEqual(['shopper', 'catalogue']);
  });

  it('lets one shop in after the other', async () => {
    const gate = openGate(1, 10);
    const order: string[] = [];
    const first = held();
    const task = (turn: 'shopper' | 'catalogue' | `catalogue:${string}`) =>
      gate.run(async () => order.push(turn), turn);
    const runs = [gate.run(first.task)];
    const turns = [
      'catalogue:a',
      'catalogue:a',
      'catalogue:a',
      'catalogue:b',
      'shopper',
      'catalogue',
    ] as const;
    const all = Promise.all([...runs, ...turns.map(task)]);
    first.end();
    await all;
    expect(order).toEqual([
      'shopper',
      'catalogue:a',
      'catalogue:b',
      'catalogue',
      'catalogue:a',
      'catalogue:a',
    ]);
  });

  it('refuses what does not fit into the queue, and says when to come back', async () => {
    const gate = openGate(1, 1);
    const first = held();
    const running = gate.run(first.task);
    const waiting = gate.run(async () => 'done');
    const error = await gate.run(async () => 'refused').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(BusyError);
    expect((error as BusyError).extensions.retryAfter).toBeGreaterThanOrEqual(1);
    first.end();
    await running;
    expect(await waiting).toBe('done');
    expect(await gate.run(async () => 'again')).toBe('again');
  });

  it('goes on after a task that fails', async () => {
    const gate = openGate(1, 1);
    await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.run(async () => 'next')).toBe('next');
  });

  it('waits on closing for those that are in, and lets none in after', async () => {
    const gate = openGate(1, 1);
    const first = held();
    const order: string[] = [];
    const running = gate.run(first.task).then(() => order.push('task'));
    const closed = gate.close().then(() => order.push('closed'));
    await expect(gate.run(async () => 0)).rejects.toBeInstanceOf(BusyError);
    first.end();
    await Promise.all([running, closed]);
    expect(order).toEqual(['task', 'closed']);
  });
});
