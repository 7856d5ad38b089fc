import { describe, expect, it } from 'vitest';
import { maskBounds } from '../../../../server/vision/masks/bounds.ts';
import { findGarments } from '../../../../server/vision/parser.ts';
import type { Numbers, OutputData, Session } from '../../../../server/vision/runtime/session.ts';
import { CATEGORIES, type CategoryName } from '../../../../server/vocabulary/taxonomy.ts';

const settings = {
  file: 'parser.onnx',
  sha256: '',
  bytes: 1,
  inputs: [],
  outputs: [],
  longSide: 64,
  multiple: 32,
  padding: [1, 2, 3] as [number, number, number],
  scoreThreshold: 0.5,
  nmsIou: 0.6,
  maskThreshold: 0.5,
};

function channelsOf(some: Partial<Record<CategoryName, number[]>>): Record<CategoryName, number[]> {
  const none = Object.fromEntries(CATEGORIES.map((name) => [name, []]));
  return { ...none, ...some } as Record<CategoryName, number[]>;
}

interface Answer {
  box: number[];
  score: number;
  label: number;
  mask?: number | number[];
}

/** A model that gives these answers; `seen` is what it was fed. */
function answering(...answers: Answer[]) {
  const seen: Numbers[] = [];
  const session: Session<Numbers> = {
    inputs: [],
    outputs: [],
    async run({ image }): Promise<Record<string, OutputData>> {
      seen.push(image!);
      return {
        boxes: Float32Array.from(answers.flatMap(({ box }) => box)),
        scores: Float32Array.from(answers, ({ score }) => score),
        labels: BigInt64Array.from(answers, ({ label }) => BigInt(label)),
        masks: Float32Array.from(
          answers.flatMap(({ mask = 1 }) => (Array.isArray(mask) ? mask : Array<number>(784).fill(mask))),
        ),
      };
    },
    close: async () => {},
  };
  return { session, seen };
}

/** 200 × 100: the model sees it at 64 × 32, so x and y grow by 3.125. */
const image = { width: 200, height: 100, data: new Uint8Array(200 * 100 * 3).fill(200) };

describe('findGarments', () => {
  it('feeds the image at the long side, padded to the multiple', async () => {
    const tall = { width: 100, height: 150, data: new Uint8Array(100 * 150 * 3).fill(200) };
    const { session, seen } = answering();
    expect(await findGarments(session, settings, tall)).toEqual([]);
    // 43 × 64, padded to 64 × 64.
    expect(seen[0]!.shape).toEqual([1, 64, 64, 3]);
    expect([...seen[0]!.data.subarray(42 * 3, 44 * 3)]).toEqual([200, 200, 200, 1, 2, 3]);
  });

  it('brings boxes and masks back to the pixels of the image, and clips them', async () => {
    const { session } = answering({ box: [16, 8, 70, 24], score: 0.9, label: 9 });
    const [skirt] = await findGarments(session, settings, image);
    expect(skirt).toMatchObject({ category: 9, box: [50, 25, 200, 75] });
    expect(skirt!.score).toBeCloseTo(0.9);
    expect(maskBounds(skirt!.mask)).toEqual({ x1: 50, y1: 25, x2: 200, y2: 75 });
  });

  it('spans the mask over a box that reaches into the padding, and cuts both at the edge', async () => {
    // Half of the box lies right of the image: its mask's left half (cells 0 to 13) is what can be seen.
    const leftHalf = Array.from({ length: 784 }, (_, i) => (i % 28 < 14 ? 1 : 0));
    const { session } = answering({ box: [56, 0, 72, 32], score: 0.9, label: 1, mask: leftHalf });
    const [top] = await findGarments(session, settings, image);
    expect(top!.box).toEqual([175, 0, 200, 100]);
    expect(maskBounds(top!.mask)).toEqual({ x1: 175, y1: 0, x2: 200, y2: 100 });
  });

  it('leaves out low scores, doubles, labels of no category and empty masks', async () => {
    const { session } = answering(
      { box: [0, 0, 20, 20], score: 0.9, label: 1 },
      { box: [0, 0, 20, 19], score: 0.8, label: 2 },
      { box: [30, 0, 50, 20], score: 0.7, label: 14 },
      { box: [30, 0, 50, 20], score: 0.6, label: 3, mask: 0.2 },
      { box: [30, 0, 50, 20], score: 0.4, label: 4 },
      { box: [40, 40, 40, 60], score: 0.9, label: 4 },
    );
    const found = await findGarments(session, settings, image);
    expect(found.map(({ category }) => category)).toEqual([1]);
  });

  it('chooses by raw scores, gives calibrated ones, and sorts by those', async () => {
    const { session } = answering(
      { box: [0, 0, 20, 20], score: 0.9, label: 9 },
      { box: [0, 0, 20, 19], score: 0.8, label: 8 },
      { box: [30, 0, 50, 20], score: 0.7, label: 8 },
      { box: [52, 0, 64, 20], score: 0.4, label: 8 },
    );
    const points = {
      skirt: [
        [0, 0],
        [1, 0.5],
      ],
      trousers: [
        [0, 0.5],
        [1, 1],
      ],
    } as const;
    const calibrated = { ...settings, calibration: { points } } as unknown as typeof settings;
    const found = await findGarments(session, calibrated, image);
    // The skirt outdoes the trousers on it although they would be the surer ones; .4 stays below the threshold.
    expect(found.map(({ category }) => category)).toEqual([8, 9]);
    expect(found[0]!.score).toBeCloseTo(0.85);
    expect(found[1]!.score).toBeCloseTo(0.45);
  });

  it("gives a category's landmarks of the shared channels, in pixels of the image", async () => {
    const { session } = answering({ box: [10, 5, 30, 25], score: 0.9, label: 9 });
    const points = Float32Array.from([1, 2, 0.1, 10, 5, 0.2, 20, 5, 0.3]);
    const found = await findGarments(
      { ...session, run: async (feeds) => ({ ...(await session.run(feeds)), landmarks: points }) },
      { ...settings, landmarks: { names: ['a', 'b', 'c'], channels: channelsOf({ skirt: [2, 1] }) } },
      { width: 128, height: 96, data: new Uint8Array(128 * 96 * 3) },
    );
    // The input has half the image's size.
    expect([...found[0]!.landmarks!]).toEqual([40, 10, 0.3, 20, 10, 0.2].map(Math.fround));
  });

  it('tells a model that makes masks from a score on which garments are shown, and takes fewer masks', async () => {
    const { session } = answering(
      { box: [10, 5, 30, 25], score: 0.9, label: 9 },
      { box: [40, 5, 60, 25], score: 0.3, label: 1 },
    );
    const given: Record<string, Numbers>[] = [];
    const fewer: Session<Numbers> = {
      ...session,
      async run(feeds) {
        given.push(feeds);
        const { masks, ...outputs } = await session.run(feeds);
        return { ...outputs, masks: masks!.slice(0, 784), landmarks: Float32Array.of(1, 2, 0.1) };
      },
    };
    const inputs = ['image', 'maskFloor'].map((name) => ({ name, shape: [1], type: '' }));
    const landmarks = { names: ['a'], channels: channelsOf({ skirt: [0] }) };
    const found = await findGarments(fewer, { ...settings, inputs, landmarks }, image);
    expect(given[0]!.maskFloor).toEqual({ data: Float32Array.of(0.5), shape: [1] });
    expect(found.map(({ category }) => category)).toEqual([9]);
    expect(found[0]!.mask.data.includes(1)).toBe(true);
    expect(found[0]!.landmarks).toHaveLength(3);
    await findGarments(fewer, settings, image);
    expect(Object.keys(given[1]!)).toEqual(['image']);
  });

  it('gives at most 32 garments, the best', async () => {
    const answers = Array.from({ length: 60 }, (_, i) => ({
      box: [i, 0, i + 1, 32],
      score: 0.99 - i / 1000,
      label: 1,
    }));
    const found = await findGarments(answering(...answers).session, settings, image);
    expect(found).toHaveLength(32);
    expect(found.at(-1)!.score).toBeCloseTo(0.959);
  });
});
