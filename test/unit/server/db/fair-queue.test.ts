import { describe, expect, it } from 'vitest';
import { makeFairQueue } from '../../../../server/db/fair-queue.ts';

/** Who had a turn, in order, when all of these ask at once for one place. */
async function orderOf(askers: readonly (string | null)[]): Promise<(string | null)[]> {
  const turns = makeFairQueue(1);
  const order: (string | null)[] = [];
  await Promise.all(
    askers.map(async (requester) => {
      await turns.take(requester);
      order.push(requester);
      await Promise.resolve();
      turns.give();
    }),
  );
  return order;
}

describe('turns', () => {
  it('go round, however many times each asks', async () => {
    expect(await orderOf(['a', 'a', 'a', 'a', 'b', 'b', 'c', null])).toEqual([
      'a',
      'a',
      'b',
      'c',
      null,
      'a',
      'b',
      'a',
    ]);
  });

  it("go round within the server's own work from shop to shop, which counts as one all together", async () => {
    const turns = makeFairQueue(1);
    const order: string[] = [];
    const take = async (requester: string | null, shop: string) => {
      await turns.take(requester, shop);
      order.push(requester ?? shop);
      turns.give();
    };
    await turns.take(null);
    const asked = ['a', 'a', 'a', 'b', '', 'b'].map((shop) => take(null, shop));
    asked.push(take('client', 'a'), take('client', 'b'), take('client', 'a'));
    turns.give();
    await Promise.all(asked);
    expect(order).toEqual(['a', 'client', 'b', 'client', '', 'client', 'a', 'b', 'a']);
  });

  it('are as many at once as there are places, and none is lost', async () => {
    const turns = makeFairQueue(2);
    let [now, most] = [0, 0];
    await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        await turns.take(String(i % 3));
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 1));
        now -= 1;
        turns.give();
      }),
    );
    expect([now, most]).toEqual([0, 2]);
    await turns.take('a');
    await turns.take('a');
    turns.give();
    turns.give();
  });

  it('are not waited for without end by a client, whose place in the row goes to the next', async () => {
    const turns = makeFairQueue(1, 10);
    await turns.take('a');
    const own = turns.take(null);
    await expect(turns.take('b')).rejects.toMatchObject({ code: 'BUSY', extensions: { retryAfter: 5 } });
    turns.give();
    await own;
    turns.give();
    await turns.take('b');
  });
});
