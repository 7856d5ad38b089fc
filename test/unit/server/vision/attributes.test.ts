import { describe, expect, it } from 'vitest';
import { readAttributes } from '../../../../server/vision/attributes.ts';
import type { Numbers } from '../../../../server/vision/runtime/session.ts';

const thresholds = { plain: 0.6, striped: 0.7, checked: 0.6, dotted: 1, floral: 0.6, print: 0.8 };
const settings = { side: 8, model: 'patterns-1', thresholds };
const garment = (crop = 0, entry = 0) => ({
  embedding: new Float32Array(256).fill(entry),
  colour: null,
  crop: new Uint8Array(8 * 8 * 4).fill(crop),
});
/** A model that gives these numbers, run by run. */
const telling = (numbers: number[]) => {
  const left = [...numbers];
  return {
    run: async ({ crops }: Readonly<Record<string, Numbers>>) => ({
      patterns: Float32Array.from(left.splice(0, crops!.shape[0]! * 6)),
    }),
  };
};

describe('readAttributes', () => {
  it('keeps what is sure enough for its pattern', async () => {
    const rows = [
      [0.1, 0.75, 0.15, 0, 0, 0],
      [0.25, 0.65, 0.1, 0, 0, 0],
      [0, 0, 0, 0.99, 0.01, 0],
    ];
    const seen = await readAttributes(telling(rows.flat()), settings, Array(3).fill(garment()));
    expect(seen).toEqual([
      { model: 'patterns-1', pattern: { name: 'striped', confidence: 0.75 } },
      { model: 'patterns-1', pattern: null },
      { model: 'patterns-1', pattern: null },
    ]);
  });

  it('gives the model each crop with its embedding, two in a run', async () => {
    const runs: number[][] = [];
    const session = {
      run: async ({ crops, embeddings }: Readonly<Record<string, Numbers>>) => {
        const count = crops!.shape[0]!;
        expect(crops!.shape).toEqual([count, 8, 8, 4]);
        expect(embeddings!.shape).toEqual([count, 256]);
        runs.push(
          Array.from({ length: count }, (_, i) => {
            const own = crops!.data.subarray(i * 256, (i + 1) * 256) as Uint8Array;
            const vector = embeddings!.data.subarray(i * 256, (i + 1) * 256) as Float32Array;
            expect([new Set(own).size, new Set(vector).size]).toEqual([1, 1]);
            expect(vector[0]).toBe(-own[0]!);
            return own[0]!;
          }),
        );
        return { patterns: new Float32Array(count * 6) };
      },
    };
    const garments = Array.from({ length: 5 }, (_, i) => garment(i, -i));
    expect(await readAttributes(session, settings, garments)).toHaveLength(5);
    expect(runs).toEqual([[0, 1], [2, 3], [4]]);
  });

  it('takes no numbers that are none, and no other count of them', async () => {
    const nan = await readAttributes(telling(Array(6).fill(Number.NaN)), settings, [garment()]);
    expect(nan[0]!.pattern).toBeNull();
    await expect(readAttributes(telling([1]), settings, [garment()])).rejects.toThrow('output patterns');
  });
});
