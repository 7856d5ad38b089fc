import { describe, expect, it } from 'vitest';
import { blocksOf, reasonOf } from '../../../../server/retrieval/reason.ts';
import { toSpace } from '../../../../server/vision/embedding-space.ts';
import { Category } from '../../../../server/vocabulary/category.ts';
import { embeddingOf, TEST_SPACE } from '../../../helpers/space.ts';

const wanted = {
  categories: [Category.SKIRT],
  colours: ['navy'],
  embedding: [...embeddingOf({ colour: 'navy' })],
} as const;
const match = {
  itemId: 'i',
  category: Category.SKIRT,
  colour: 'navy',
  similarities: [0.9, 0.8, 0.75],
} as const;

describe('a reason', () => {
  it.each([
    [match, 'same category (skirt), same colour (navy), pattern alike'],
    [
      { ...match, category: Category.VEST_DRESS, colour: 'blue' },
      'other category (vest dress), other colour (blue), pattern alike',
    ],
    [
      { ...match, similarities: [0.9, 0.8, 0.3] },
      'same category (skirt), same colour (navy), pattern partly alike',
    ],
    [
      { ...match, category: null, colour: null, similarities: [0.9, 0.05, 0.05] },
      'category alike, other colour, other pattern',
    ],
    [{ ...match, similarities: [] }, 'same category (skirt), same colour (navy)'],
    [{ ...match, similarities: [0.9, 0.8, Number.NaN] }, 'same category (skirt), same colour (navy)'],
  ] as const)('is summed up, case %#', (of, summary) => {
    expect(reasonOf(TEST_SPACE, wanted, of).summary).toBe(summary);
  });

  it('agrees with any of several, and names one alone', () => {
    const several = { ...wanted, colours: ['blue', 'navy'] } as const;
    expect(reasonOf(TEST_SPACE, several, match).colour).toMatchObject({ query: null, agrees: true });
    const none = { ...wanted, categories: [] };
    expect(reasonOf(TEST_SPACE, none, match).category).toMatchObject({ query: null, agrees: null });
  });

  it('is of few words where the model says nothing of its parts', () => {
    const space = toSpace('m', {});
    expect(blocksOf(space, wanted.embedding)).toEqual([]);
    const of = { ...match, category: null, colour: null, similarities: [] };
    expect(reasonOf(space, wanted, of).summary).toBe('alike overall');
  });
});
