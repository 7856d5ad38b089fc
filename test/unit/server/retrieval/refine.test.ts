import { describe, expect, it } from 'vitest';
import { refine } from '../../../../server/retrieval/refine.ts';
import { toSpace } from '../../../../server/vision/embedding-space.ts';
import { randomOf, randomUnit, unit } from '../../../helpers/random.ts';
import { embeddingOf, TEST_SPACE } from '../../../helpers/space.ts';

const NOTHING = { liked: [], disliked: [], colours: [], settled: [] } as const;
const own = [...embeddingOf({})];
const blue = [...embeddingOf({ colour: 'blue' })];
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const lengthOf = (vector: readonly number[]) => Math.hypot(...vector);

describe('a refined vector', () => {
  it('is the garment itself where nothing is asked for', () => {
    expect(refine(TEST_SPACE, own, NOTHING)).toEqual({ embedding: own, offset: 0, scale: 1 });
  });

  it('moves towards what is liked: 1 to 0.75, within the block that differs', () => {
    const { embedding } = refine(TEST_SPACE, own, { ...NOTHING, liked: [blue] });
    // The colour block was (1, 0) and becomes (1, 0.75) / 1.25: its cosine with the own colour is 0.8.
    expect(dot(embedding, own)).toBeCloseTo(0.7 + 0.3 * 0.8, 6);
    expect(dot(embedding, blue)).toBeCloseTo(0.7 + 0.3 * 0.6, 6);
    expect(lengthOf(embedding)).toBeCloseTo(1, 6);
  });

  it('moves away from what is not liked, and never turns against itself', () => {
    const both = unit(Float32Array.from(own, (value, i) => value + blue[i]!));
    const { embedding } = refine(TEST_SPACE, [...both], { ...NOTHING, disliked: [blue] });
    expect(dot(embedding, own)).toBeGreaterThan(dot([...both], own));
    const same = refine(TEST_SPACE, own, { ...NOTHING, disliked: [own] });
    expect(dot(same.embedding, own)).toBeCloseTo(1, 6);
  });

  it('takes the mean of several, each of unit length in each block', () => {
    const pink = [...embeddingOf({ colour: 'pink' })];
    const { embedding } = refine(TEST_SPACE, own, { ...NOTHING, liked: [blue, pink] });
    expect(dot(embedding, blue)).toBeCloseTo(dot(embedding, pink), 6);
    // (1, 0.375, 0.375) over its length.
    expect(dot(embedding, own)).toBeCloseTo(0.7 + 0.3 / Math.hypot(1, 0.375, 0.375), 6);
  });

  it('takes its colour from the prototype, whatever is liked', () => {
    const { embedding, offset, scale } = refine(TEST_SPACE, own, {
      ...NOTHING,
      liked: [own],
      colours: ['blue'],
    });
    expect(dot(embedding, blue)).toBeCloseTo(1, 6);
    expect([offset, scale]).toEqual([0, 1]);
  });

  it('looks for a mixture of two colours', () => {
    const { embedding } = refine(TEST_SPACE, own, { ...NOTHING, colours: ['blue', 'red'] });
    expect(dot(embedding, own)).toBeCloseTo(0.7 + 0.3 * Math.SQRT1_2, 6);
    expect(dot(embedding, blue)).toBeCloseTo(0.7 + 0.3 * Math.SQRT1_2, 6);
  });

  it('gives a settled part its whole weight, and the rest as it was', () => {
    const trousers = [...embeddingOf({ cut: 1 })];
    const striped = [...embeddingOf({ cut: 1, pattern: 1 })];
    const { embedding, offset, scale } = refine(TEST_SPACE, own, { ...NOTHING, settled: ['category'] });
    const similarity = (other: number[]) => offset + scale * (dot(embedding, other) / lengthOf(embedding));
    expect(similarity(trousers)).toBeCloseTo(1, 6);
    expect(similarity(striped)).toBeCloseTo(0.8, 6);
  });

  it('does without blocks where the model has none', () => {
    const random = randomOf(5);
    const [a, b] = [[...randomUnit(random)], [...randomUnit(random)]];
    const { embedding, scale } = refine(toSpace('m', {}), a, {
      ...NOTHING,
      liked: [b],
      settled: ['category'],
    });
    expect(lengthOf(embedding)).toBeCloseTo(1, 6);
    expect(dot(embedding, b)).toBeGreaterThan(dot(a, b));
    expect(scale).toBe(1);
  });
});
