import { describe, expect, it } from 'vitest';
import { findCloser, mergeLooks, placesOf, sideFor, tiles } from '../../../../server/vision/closer-look.ts';
import type { Box } from '../../../../server/vision/contract.ts';
import type { Bytes, OutputData, Session } from '../../../../server/vision/runtime/session.ts';

const settings = {
  file: 'parser.onnx',
  sha256: '',
  bytes: 1,
  inputs: [],
  outputs: [],
  longSide: 256,
  multiple: 32,
  padding: [1, 2, 3] as [number, number, number],
  scoreThreshold: 0.5,
  nmsIou: 0.6,
  maskThreshold: 0.5,
};

interface Answer {
  box: Box;
  score: number;
  label: number;
}

/** A model that gives, look by look, these answers; `shapes` are the sizes of what it was shown. */
function answering(...looks: Answer[][]) {
  const shapes: (readonly number[])[] = [];
  const session: Session = {
    inputs: [],
    outputs: [],
    async run({ image }: Readonly<Record<string, Bytes>>): Promise<Record<string, OutputData>> {
      const answers = looks[shapes.length] ?? [];
      shapes.push(image!.shape.slice(1, 3));
      return {
        boxes: Float32Array.from(answers.flatMap(({ box }) => [...box])),
        scores: Float32Array.from(answers, ({ score }) => score),
        labels: BigInt64Array.from(answers, ({ label }) => BigInt(label)),
        masks: new Float32Array(784 * answers.length).fill(1),
      };
    },
    close: async () => {},
  };
  return { session, shapes };
}

const grey = (width: number, height: number) => ({
  width,
  height,
  data: new Uint8Array(width * height * 3).fill(200),
});

describe('findCloser', () => {
  it('looks once where a large garment is sure', async () => {
    const { session, shapes } = answering([{ box: [32, 32, 160, 224], score: 0.9, label: 8 }]);
    const found = await findCloser(session, settings, grey(96, 128));
    expect(shapes).toHaveLength(1);
    expect(found).toMatchObject([{ category: 8, box: [16, 16, 80, 112] }]);
  });

  it('looks at a long picture tile by tile, and counts a garment in two tiles once', async () => {
    const image = grey(100, 300);
    const [first, second] = tiles(image);
    expect(first![3]).toBeGreaterThan(second![1]);
    const scale = sideFor(tiles(image), settings, 2.5) / (first![3] - first![1]);
    const inTile = ([x1, y1, x2, y2]: Box, [, top]: Box): Box => [
      x1 * scale,
      (y1 - top) * scale,
      x2 * scale,
      (y2 - top) * scale,
    ];
    const skirt: Box = [20, second![1] + 4, 80, first![3] - 4];
    const { session, shapes } = answering(
      [],
      [{ box: inTile(skirt, first!), score: 0.7, label: 9 }],
      [{ box: inTile(skirt, second!), score: 0.8, label: 9 }],
    );
    const found = await findCloser(session, settings, image);
    expect(shapes).toHaveLength(1 + tiles(image).length);
    expect(found).toHaveLength(1);
    expect(found[0]!.score).toBeCloseTo(0.8);
    found[0]!.box.forEach((edge, i) => {
      expect(Math.abs(edge - skirt[i]!)).toBeLessThan(1);
    });
  });

  it('looks again where what is sure is small, and takes the closer look’s outline', async () => {
    const small: Answer = { box: [80, 80, 112, 136], score: 0.6, label: 1 };
    const { session, shapes } = answering([small], [{ box: [64, 64, 192, 192], score: 0.9, label: 1 }]);
    const found = await findCloser(session, settings, grey(128, 128));
    expect(shapes).toHaveLength(2);
    expect(found).toHaveLength(1);
    expect(found[0]!.score).toBeCloseTo(0.9);
  });

  it('searches the quarters of a picture in which nothing was seen, and looks where there is a hint', async () => {
    const hint: Answer = { box: [80, 80, 110, 140], score: 0.2, label: 1 };
    const dress: Answer = { box: [64, 32, 128, 112], score: 0.8, label: 12 };
    const { session, shapes } = answering([], [], [hint], [], [], [dress]);
    const found = await findCloser(session, settings, grey(192, 256));
    expect(shapes).toHaveLength(6);
    expect(found).toMatchObject([{ category: 12 }]);
  });

  it('finds nothing where there is nothing, in five looks', async () => {
    const { session, shapes } = answering();
    expect(await findCloser(session, settings, grey(192, 256))).toEqual([]);
    expect(shapes).toHaveLength(5);
  });
});

describe('tiles', () => {
  it.each([
    [100, 200],
    [100, 300],
    [900, 100],
    [50, 5000],
  ])('cover %i × %i from edge to edge, each sharing a part with the next', (width, height) => {
    const all = tiles({ width, height });
    const spans = all.map(([x1, y1, x2, y2]) => (width > height ? [x1, x2] : [y1, y2]) as [number, number]);
    expect(spans[0]![0]).toBe(0);
    expect(spans.at(-1)![1]).toBe(Math.max(width, height));
    for (const [i, [start]] of spans.slice(1).entries()) expect(start).toBeLessThan(spans[i]![1]);
    expect(all.length).toBeLessThanOrEqual(8);
  });
});

describe('sideFor', () => {
  it('keeps all parts together within so many plain looks', () => {
    const part: Box = [0, 0, 300, 400];
    const limits = { longSide: 352, multiple: 32 };
    const pixels = (count: number, side: number) => count * side * Math.ceil((side * 0.75) / 32) * 32;
    for (const count of [1, 2, 4, 8]) {
      const side = sideFor(Array(count).fill(part), limits, 2.5);
      expect(pixels(count, side)).toBeLessThanOrEqual(2.5 * 352 * 288);
    }
    expect(sideFor([part], limits, 2.5)).toBe(352);
    expect(sideFor([], limits, 2.5)).toBe(0);
  });
});

describe('placesOf', () => {
  it('joins hints that are near each other, with room, and takes the two best places', () => {
    const hint = (box: Box, score: number) => ({ box, score });
    const places = placesOf(
      [
        hint([100, 100, 120, 140], 0.3),
        hint([102, 142, 118, 180], 0.2),
        hint([700, 700, 720, 740], 0.4),
        hint([400, 900, 420, 930], 0.1),
      ],
      { width: 1000, height: 1000 },
    );
    expect(places).toEqual([
      [60, 60, 160, 220],
      [680, 680, 740, 760],
    ]);
  });
});

describe('mergeLooks', () => {
  const probabilities = new Float32Array(784);
  const seen = (box: Box, score: number, category: 1 | 8 | 9, cut = false) => ({
    box,
    score,
    category,
    cut,
    probabilities,
  });

  it('keeps one of a garment: the whole one before one cut off by a tile', () => {
    const whole = seen([0, 0, 100, 200], 0.6, 8);
    const cut = seen([0, 0, 100, 120], 0.9, 8, true);
    expect(mergeLooks([cut, whole])).toEqual([whole]);
  });

  it('keeps garments of two categories on one person', () => {
    const top = seen([0, 0, 100, 100], 0.9, 1);
    const skirt = seen([10, 60, 90, 160], 0.8, 9);
    expect(mergeLooks([top, skirt])).toEqual([top, skirt]);
  });
});
