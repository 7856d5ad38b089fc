import { describe, expect, it } from 'vitest';
import { cutoffOf, scoreOf, similarityOf } from '../../../../server/retrieval/score.ts';
import { Category } from '../../../../server/vocabulary/category.ts';

const curve = {
  points: [
    [0.2, 0.1],
    [0.4, 0.1],
    [0.6, 0.5],
    [0.8, 0.9],
  ],
  cutoff: 0.3,
  cutoffByCategory: { skirt: 0.4, vest: 0 },
} as const;

describe('a score', () => {
  it.each([
    [-1, 0.1],
    [0.2, 0.1],
    [0.3, 0.1],
    [0.4, 0.1],
    [0.45, 0.2],
    [0.6, 0.5],
    [0.7, 0.7],
    [0.8, 0.9],
    [1, 0.9],
  ])('of similarity %f is %f: linear between the points, flat outside', (similarity, score) => {
    expect(scoreOf(curve, similarity)).toBeCloseTo(score, 10);
  });

  it('is the clipped similarity without a curve', () => {
    expect([-0.5, 0, 0.5, 1.0000001].map((similarity) => scoreOf(null, similarity))).toEqual([0, 0, 0.5, 1]);
  });
});

describe('the least similarity', () => {
  it.each([
    [0, -1],
    [0.1, -1],
    [0.2, 0.45],
    [0.5, 0.6],
    [0.7, 0.7],
    [0.9, 0.8],
    [0.91, Number.POSITIVE_INFINITY],
  ])('with score %f is %f', (score, similarity) => {
    expect(similarityOf(curve, score)).toBeCloseTo(similarity, 10);
  });

  it('undoes the score wherever the curve rises', () => {
    for (let similarity = 0.41; similarity < 0.8; similarity += 0.01) {
      expect(similarityOf(curve, scoreOf(curve, similarity))).toBeCloseTo(similarity, 10);
    }
  });

  it('is the score itself without a curve, and nothing for 0', () => {
    expect([0, 0.4].map((score) => similarityOf(null, score))).toEqual([-1, 0.4]);
  });
});

it('is cut off by category, else in general', () => {
  expect(cutoffOf(curve, Category.SKIRT)).toBe(0.4);
  expect(cutoffOf(curve, Category.VEST)).toBe(0);
  expect(cutoffOf(curve, Category.TROUSERS)).toBe(0.3);
  expect(cutoffOf(curve, null)).toBe(0.3);
  expect(cutoffOf(null, Category.SKIRT)).toBeNull();
});
