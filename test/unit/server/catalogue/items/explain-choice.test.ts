import { describe, expect, it } from 'vitest';
import { claimsOfItem } from '../../../../../server/catalogue/items/claim.ts';
import { explainChoice } from '../../../../../server/catalogue/items/explain-choice.ts';
import { Category } from '../../../../../server/vocabulary/category.ts';

type Seen = Parameters<typeof explainChoice>[0][number];
const seen = (overrides: Partial<Seen>): Seen => ({
  imagePosition: 0,
  area: 100,
  category: Category.SKIRT,
  corrected: false,
  parsedCategory: null,
  isPrimary: false,
  chosen: false,
  whole: false,
  ...overrides,
});
const reasons = (garments: Seen[], title = 'No words of clothing') =>
  explainChoice(garments, claimsOfItem({ title })).map(({ reason }) => reason);

describe('why one of several garments is matched', () => {
  it('is its size, where no word decides', () => {
    expect(
      reasons([
        seen({ isPrimary: true, area: 200 }),
        seen({ category: Category.VEST }),
        seen({ imagePosition: 1, area: 900 }),
      ]),
    ).toEqual(['largest', 'smaller', 'later_picture']);
  });

  it('is the title’s word, by the parser’s category even where that was put right', () => {
    const garments = [
      seen({
        isPrimary: true,
        area: 50,
        category: Category.SHORTS,
        corrected: true,
        parsedCategory: Category.SKIRT,
      }),
      seen({ category: Category.VEST, area: 900 }),
    ];
    expect(explainChoice(garments, claimsOfItem({ title: 'A skirt' }))).toEqual([
      { reason: 'named', named: [Category.SKIRT], goods: null },
      { reason: 'other_named', named: [Category.SKIRT], goods: null },
    ]);
  });

  it('is nobody’s doing but the shop’s, once somebody chose', () => {
    expect(
      reasons([seen({ area: 10, isPrimary: true, chosen: true }), seen({ area: 900 })], 'A skirt'),
    ).toEqual(['by_hand', 'other_by_hand']);
  });

  it('is the whole picture where that is matched', () => {
    expect(reasons([seen({ whole: true, category: null, isPrimary: true }), seen({})])).toEqual([
      'whole_picture',
      'whole_instead',
    ]);
  });

  it('is none where the words are of other goods, unless the parser is sure', () => {
    const claims = claimsOfItem({ title: 'Running shoes' });
    expect(explainChoice([seen({})], claims)).toEqual([
      { reason: 'not_clothing', named: [], goods: 'shoes' },
    ]);
    expect(explainChoice([seen({ isPrimary: true })], claims)).toEqual([
      { reason: 'parser_sure', named: [], goods: 'shoes' },
    ]);
  });

  it('was made earlier where nothing of now explains it', () => {
    expect(reasons([seen({ area: 900 }), seen({ isPrimary: true, area: 10 })])).toEqual([
      'earlier_choice',
      'largest',
    ]);
  });
});
