import { describe, expect, it } from 'vitest';
import { readAttributes } from '../../../../server/vision/attributes.ts';
import { fullMask } from '../../../../server/vision/masks/masks.ts';

const thresholds = { plain: 0.6, striped: 0.7, checked: 0.6, dotted: 1, floral: 0.6, print: 0.8 };
const settings = { side: 8, model: 'patterns-1', thresholds };
const image = { width: 20, height: 20, data: new Uint8Array(1200) };
const mask = fullMask(20, 20);
const embedded = { embedding: new Float32Array(256), colour: null };
const telling = (numbers: number[]) => ({ run: async () => ({ patterns: Float32Array.from(numbers) }) });

describe('readAttributes', () => {
  it('keeps what is sure enough for its pattern', async () => {
    const rows = [
      [0.1, 0.75, 0.15, 0, 0, 0],
      [0.25, 0.65, 0.1, 0, 0, 0],
      [0, 0, 0, 0.99, 0.01, 0],
    ];
    const seen = await readAttributes(
      telling(rows.flat()),
      settings,
      image,
      [mask, mask, mask],
      Array(3).fill(embedded),
    );
    expect(seen).toEqual([
      { model: 'patterns-1', pattern: { name: 'striped', confidence: 0.75 } },
      { model: 'patterns-1', pattern: null },
      { model: 'patterns-1', pattern: null },
    ]);
  });

  it('takes no numbers that are none, and no other count of them', async () => {
    const nan = await readAttributes(telling(Array(6).fill(Number.NaN)), settings, image, [mask], [embedded]);
    expect(nan[0]!.pattern).toBeNull();
    await expect(readAttributes(telling([1]), settings, image, [mask], [embedded])).rejects.toThrow(
      'output patterns',
    );
  });
});
