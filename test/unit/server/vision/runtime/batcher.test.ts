import { describe, expect, it } from 'vitest';
import type { Turn } from '../../../../../server/vision/contract.ts';
import { openBatcher } from '../../../../../server/vision/runtime/batcher.ts';
import type { Bytes, Session } from '../../../../../server/vision/runtime/session.ts';

/** A model that doubles its rows of two numbers; each run ends when it is told to. */
function doubling({ fails }: { fails?: (data: readonly number[]) => boolean } = {}) {
  const runs: { rows: number; end: () => void }[] = [];
  const session: Session = {
    inputs: [],
    outputs: [],
    async run({ crops }) {
      await new Promise<void>((end) => runs.push({ rows: crops!.shape[0]!, end: () => end() }));
      if (fails?.([...crops!.data])) throw new Error('too much');
      return { embeddings: Float32Array.from(crops!.data, (value) => value * 2) };
    },
    close: async () => {},
  };
  return { session, runs };
}

const rows = (...values: number[]): Record<string, Bytes> => ({
  crops: { data: Uint8Array.from(values.flatMap((v) => [v, v])), shape: [values.length, 2] },
});
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('openBatcher', () => {
  it('runs a lone ask at once, and joins what comes in meanwhile into the next run', async () => {
    const { session, runs } = doubling();
    const batcher = openBatcher(session, 8);
    const asks = [batcher.run(rows(1)), batcher.run(rows(2, 3)), batcher.run(rows(4))];
    await settle();
    expect(runs.map((run) => run.rows)).toEqual([1]);
    runs[0]!.end();
    await settle();
    expect(runs.map((run) => run.rows)).toEqual([1, 3]);
    runs[1]!.end();
    const found = await Promise.all(asks);
    expect(found.map(({ embeddings }) => [...(embeddings as Float32Array)])).toEqual([
      [2, 2],
      [4, 4, 6, 6],
      [8, 8],
    ]);
  });

  it('never joins more rows than it may, and takes shoppers first', async () => {
    const { session, runs } = doubling();
    const batcher = openBatcher(session, 4);
    const order: string[] = [];
    const ask = (name: string, count: number, turn: Turn) =>
      batcher.run(rows(...Array<number>(count).fill(1)), turn).then(() => order.push(name));
    const asks = [
      ask('first', 1, 'catalogue'),
      ask('catalogue', 2, 'catalogue'),
      ask('shopper', 3, 'shopper'),
      ask('large', 6, 'shopper'),
    ];
    for (let i = 0; i < 4; i++) {
      await settle();
      runs[i]!.end();
    }
    await Promise.all(asks);
    expect(runs.map((run) => run.rows)).toEqual([1, 3, 6, 2]);
    expect(order).toEqual(['first', 'shopper', 'large', 'catalogue']);
  });

  it('fails only those whose rows fail', async () => {
    const { session, runs } = doubling({ fails: (data) => data.includes(13) });
    const batcher = openBatcher(session, 8);
    const asks = [1, 2, 13].map((value) => batcher.run(rows(value)));
    const settled = Promise.allSettled(asks);
    for (let i = 0; i < 4; i++) {
      await settle();
      runs[i]!.end();
    }
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });
});
