import { describe, expect, it } from 'vitest';
import { closenessOf } from '../../../../server/retrieval/closeness.ts';
import { compareColours, wantedColour } from '../../../../server/retrieval/compare-colours.ts';
import { blocksOf, reasonOf } from '../../../../server/retrieval/reason.ts';
import type { Shade } from '../../../../server/vision/contract.ts';
import { toSpace } from '../../../../server/vision/embedding-space.ts';
import { Category } from '../../../../server/vocabulary/category.ts';
import type { Lab } from '../../../../server/vocabulary/palette.ts';
import type { ColourName } from '../../../../server/vocabulary/taxonomy.ts';
import { embeddingOf, TEST_SPACE } from '../../../helpers/space.ts';

const named = (...colours: ColourName[]) => ({ colours, areNamed: false, shades: null });
const wanted = {
  categories: [Category.SKIRT],
  colour: named('navy'),
  patterns: [],
  embedding: [...embeddingOf({ colour: 'navy' })],
} as const;
const match = {
  itemId: 'i',
  category: Category.SKIRT,
  pattern: null,
  colour: 'navy',
  shades: null,
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

  it.each([
    ['striped', 'striped', true, 'same pattern (striped)'],
    ['striped', 'floral', false, 'other pattern (floral)'],
    // Two plain garments may be of quite different cloth.
    ['plain', 'plain', true, 'pattern alike'],
    // The feed's own word is none of the six.
    ['striped', 'ikat', null, 'pattern alike'],
  ] as const)('names patterns where both are known: %s beside %s', (own, pattern, agrees, said) => {
    const reason = reasonOf(TEST_SPACE, { ...wanted, patterns: [own] }, { ...match, pattern });
    expect(reason.pattern.agrees).toBe(agrees);
    expect(reason.summary).toBe(`same category (skirt), same colour (navy), ${said}`);
  });

  it('agrees with any of several, and names one alone', () => {
    const several = { ...wanted, colour: { ...named('blue', 'navy'), areNamed: true } };
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
  const blue = { ...wanted, colour: named('blue') };
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

describe('colours measured in the picture', () => {
  const shade = (colour: ColourName, share: number, lab: Lab) => ({ colour, share, lab });
  const cobalt = [shade('blue', 0.9, [42, 2, -42])];
  const sky = [shade('blue', 0.8, [68, -6, -24])];
  const black = [shade('black', 0.9, [15, 0, -1])];
  const stripes = [shade('navy', 0.45, [22, 1, -18]), shade('white', 0.4, [92, 0, 1])];
  // Bluish grey: it may be called either.
  const border = [shade('grey', 0.9, [62, -5, -13])];
  const traits = (shades: readonly Shade[], feedColour: string | null = null) => ({
    colour: shades[0]!.colour,
    shades,
    feedColour,
  });

  it.each([
    ['one colour is the same', cobalt, traits(cobalt), true, 'same colour (blue)'],
    ['shades of it are not', cobalt, traits(sky), null, 'another blue'],
    ['the feed’s word comes first', cobalt, traits(sky, 'Sky blue'), null, 'another blue (sky blue)'],
    ['nor is the picture’s own name', cobalt, traits(sky, 'Grey'), false, 'other colour (grey)'],
    ['what is far is another', cobalt, traits(black), false, 'other colour (black)'],
    ['split shares are not named', cobalt, traits(stripes), false, 'other colour'],
    ['and claim nothing of what is in them', stripes, traits([stripes[1]!]), null, null],
    ['what may be either is called neither', sky, traits(border), null, 'close in colour'],
    ['navy is another blue', cobalt, traits([shade('navy', 0.8, [22, 1, -18])]), null, 'another blue (navy)'],
  ] as const)('%s', (_, query, match, agrees, words) => {
    expect(compareColours(wantedColour(traits(query)), match, 0.9)).toMatchObject({ agrees, words });
  });

  it('names no colour of the query where the picture leaves it open', () => {
    expect(compareColours(wantedColour(traits(stripes)), traits(black), 0.1)).toMatchObject({
      query: null,
      match: 'black',
    });
    expect(compareColours(wantedColour(traits(stripes, 'Navy')), traits(black), 0.1).query).toBe('navy');
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
