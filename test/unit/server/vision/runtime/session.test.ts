import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession, type Session } from '../../../../../server/vision/runtime/session.ts';

const SIDE = 160;
const crops = (count: number) => ({
  crops: { data: new Uint8Array(count * SIDE * SIDE * 4).fill(200), shape: [count, SIDE, SIDE, 4] },
  labels: { data: new Uint8Array(count), shape: [count] },
});

let session: Session;
beforeAll(async () => {
  session = await openSession('model/weights/embedder.onnx', { threads: 1 });
});
afterAll(() => session.close());

describe('openSession', () => {
  it('leaves the event loop to others while the model runs', async () => {
    let turns = 0;
    let running = true;
    const turn = () => {
      turns++;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    await session.run(crops(4));
    running = false;
    // A run on this thread would leave it a turn or two.
    expect(turns).toBeGreaterThan(20);
  });

  it('answers each of several questions with its own outputs, and leaves the feeds to the caller', async () => {
    const feeds = [1, 3, 2].map(crops);
    const found = await Promise.all(feeds.map((feed) => session.run(feed)));
    expect(found.map(({ embeddings }) => embeddings!.length / 256)).toEqual([1, 3, 2]);
    expect(feeds[1]!.crops.data).toHaveLength(3 * SIDE * SIDE * 4);
  });

  it("copies feeds in Node's buffers, whose memory may be shared", async () => {
    const { data, shape } = crops(1).crops;
    const [expected, own] = await Promise.all([
      session.run(crops(1)),
      session.run({ ...crops(1), crops: { data: Buffer.from(data), shape } }),
    ]);
    expect(own).toEqual(expected);
    const unshared = Buffer.alloc(data.length, data);
    await session.run({ ...crops(1), crops: { data: unshared, shape } });
    expect(unshared).toHaveLength(data.length);
    const pooled = Buffer.from([1, 2, 3, 4]);
    const bad = { ...crops(1), crops: { data: pooled, shape: [1, 1, 1, 4] } };
    await expect(session.run(bad)).rejects.toThrow(/dimension|shape/i);
  });

  it('rejects feeds that do not fit, and goes on', async () => {
    const bad = { ...crops(1), crops: { data: new Uint8Array(4), shape: [1, 1, 1, 4] } };
    await expect(session.run(bad)).rejects.toThrow(/dimension|shape/i);
    expect((await session.run(crops(1))).embeddings).toHaveLength(256);
  });

  it('rejects a file that is no model, and questions after it was closed', async () => {
    await expect(openSession('package.json')).rejects.toThrow();
    const other = await openSession('model/weights/embedder.onnx', { threads: 1 });
    await other.close();
    await expect(other.run(crops(1))).rejects.toThrow('closed');
    await other.close();
  });
});
