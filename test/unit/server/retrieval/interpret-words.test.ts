import { describe, expect, it } from 'vitest';
import { interpretWords } from '../../../../server/retrieval/interpret-words.ts';
import { Category as C } from '../../../../server/vocabulary/category.ts';

const DRESSES = [C.SHORT_SLEEVE_DRESS, C.LONG_SLEEVE_DRESS, C.VEST_DRESS, C.SLING_DRESS];

describe('the words of a refinement', () => {
  it.each<[string, Partial<ReturnType<typeof interpretWords>>]>([
    ['', {}],
    ['This, but in BLUE!', { colours: ['blue'] }],
    ['in dark blue', { colours: ['navy'] }],
    ['light  blue please', { colours: ['blue'] }],
    ['burgundy coloured', { colours: ['red'] }],
    ['black and white, striped', { colours: ['black', 'white'], patterns: ['striped'] }],
    ['without a pattern', { patterns: ['plain'] }],
    ['floral print or polka dots, not red', { patterns: ['dotted', 'floral'], ignored: ['not red'] }],
    ['not striped', { ignored: ['not striped'] }],
    ['kariert, ohne Taschen', { patterns: ['checked'], ignored: ['ohne taschen'] }],
    ['ohne Muster', { patterns: ['plain'] }],
    ['à rayures', { patterns: ['striped'] }],
    ['sans motif en bleu', { colours: ['blue'], patterns: ['plain'] }],
    ['de lunares', { patterns: ['dotted'] }],
    ['sin estampado', { patterns: ['plain'] }],
    ['white and black', { colours: ['white', 'black'] }],
    ['as a skirt', { categories: [C.SKIRT] }],
    ['a red dress with pockets', { colours: ['red'], categories: DRESSES, titleWords: ['pockets'] }],
    ['long sleeve dress in off-white', { colours: ['white'], categories: [C.LONG_SLEEVE_DRESS] }],
    ['not red but light green', { colours: ['green'], ignored: ['not red'] }],
    ['neither red nor blue', { ignored: ['neither red nor blue'] }],
    ['no red or blue', { ignored: ['no red or blue'] }],
    ['anything but black', { ignored: ['anything but black'] }],
    ['not red, blue', { colours: ['blue'], ignored: ['not red'] }],
    ['rather blue than red', { colours: ['blue'], ignored: ['than red'] }],
    ['a skirt, not a red dress', { categories: [C.SKIRT], ignored: ['not a red dress'] }],
    ['a bit darker', { ignored: ['a bit darker'] }],
    ['without the buttons', { ignored: ['without the buttons'] }],
    ['something like this one', {}],
    ['with a belt', { titleWords: ['belt'] }],
    ["women's linen", { titleWords: ["women's", 'linen'] }],
    ['größe 38', { sizes: ['38'] }],
    ['in red, size M or xl please', { colours: ['red'], sizes: ['m', 'xl'] }],
    ['taille haute', { titleWords: ['taille', 'haute'] }],
    ['rouge, taille 38/40', { colours: ['red'], sizes: ['38', '40'] }],
    ['in Größe M', { sizes: ['m'] }],
    ['size US 6 or UK 8.5', { sizes: ['us 6', 'uk 8.5'] }],
    ['size W32/L34 or W33', { sizes: ['w32/l34', 'w33'] }],
    ['size medium', { titleWords: ['size', 'medium'] }],
    ['reddish', { colours: ['red'] }],
    ['tangerine', { titleWords: ['tangerine'] }],
  ])('is understood: %s', (words, expected) => {
    expect(interpretWords(words)).toEqual({
      colours: [],
      categories: [],
      patterns: [],
      sizes: [],
      price: null,
      titleWords: [],
      ignored: [],
      notUnderstood: [],
      ...expected,
    });
  });

  it('is said of the garment itself', () => {
    expect(interpretWords('with long sleeves', C.VEST_DRESS).categories).toEqual([C.LONG_SLEEVE_DRESS]);
    expect(interpretWords('sleeveless', C.LONG_SLEEVE_TOP).categories).toEqual([C.VEST, C.SLING]);
    expect(interpretWords('with long sleeves', C.VEST).categories).toEqual([C.LONG_SLEEVE_TOP]);
    expect(interpretWords('blue with long sleeves', C.TROUSERS)).toMatchObject({
      ...{ colours: ['blue'], categories: [], titleWords: [], ignored: ['with long sleeves'] },
    });
    expect(interpretWords('short sleeve dress', C.SHORTS).categories).toEqual([C.SHORT_SLEEVE_DRESS]);
    expect(interpretWords('blue', C.VEST_DRESS).categories).toEqual([]);
  });

  it('has a measure, and says what went beyond it', () => {
    const { titleWords, ignored } = interpretWords('one two three four five six seven eight nine ten');
    expect(titleWords).toHaveLength(8);
    expect(ignored).toEqual(['ten']);
  });
});
