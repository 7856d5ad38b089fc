import { describe, expect, it } from 'vitest';
import { closenessOf } from '../../../../server/retrieval/closeness.ts';
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
  feedColour: null,
  similarities: [0.9, 0.8, 0.75],
} as const;

describe('a reason', () => {
  it.each([
    [match, 'same category (skirt), same colour (navy), pattern alike'],
    [
      { ...match, category: Category.VEST_DRESS, colour: 'red', similarities: [0.9, 0.1, 0.75] },
      'other category (vest dress), other colour (red), pattern alike',
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

describe('colours in a reason', () => {
  const blue = { ...wanted, colours: ['blue'] } as const;
  const said = (traits: object) => reasonOf(TEST_SPACE, blue, { ...match, ...traits }).colour;

  it.each([
    [
      'the feed’s word comes first',
      { colour: 'grey', feedColour: 'Sky blue' },
      true,
      'same colour (sky blue)',
    ],
    ['a feed may name several', { feedColour: 'White / Blue' }, true, 'same colour (white / blue)'],
    [
      'shades of one colour differ',
      { feedColour: 'Cobalt', similarities: [0.9, 0.45, 0.7] },
      null,
      'another blue (cobalt)',
    ],
    ['navy is another blue', { colour: 'navy', similarities: [0.9, 0.2, 0.7] }, null, 'another blue (navy)'],
    ['no other colour is claimed of a near one', { colour: 'grey' }, null, 'close in colour'],
    [
      'the feed’s is',
      { feedColour: 'Slate', similarities: [0.9, 0.5, 0.7] },
      null,
      'close in colour (slate)',
    ],
    [
      'a far one is called another',
      { colour: 'red', similarities: [0.9, 0, 0.7] },
      false,
      'other colour (red)',
    ],
    [
      'a word that is no colour leaves it to the picture',
      { colour: 'blue', feedColour: 'Wolke' },
      true,
      'same colour (blue)',
    ],
    ['nothing is said of what is not known', { colour: null }, null, null],
  ] as const)('%s', (_, traits, agrees, words) => {
    expect(said(traits)).toMatchObject({ agrees, words });
  });
});

describe('closeness', () => {
  const reason = reasonOf(TEST_SPACE, wanted, match);
  const unlike = reasonOf(TEST_SPACE, wanted, {
    ...match,
    category: Category.SHORTS,
    colour: 'red',
    similarities: [0.9, 0, 0.2],
  });
  it.each([
    [0.9, reason, 'very close'],
    [0.5, reason, 'close'],
    [0.3, reason, 'same colour'],
    [0.9, unlike, 'distant'],
    [0.9, { ...unlike, category: reason.category }, 'same cut'],
    [0.9, { ...unlike, pattern: reason.pattern }, 'same pattern'],
    [0.01, { ...unlike, category: reason.category }, 'distant'],
    [0.01, reason, 'same colour'],
  ] as const)('at a score of %d, case %#', (score, of, word) => {
    expect(closenessOf(score, of)).toBe(word);
  });
});
